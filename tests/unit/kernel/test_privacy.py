"""Fields are sorted by the kind of data they hold."""

from loket.kernel.privacy import DataClass, classify


def test_each_name_gets_the_class_of_its_list():
    assert classify(public="slug name", personal="email", secret="password") == {
        "slug": DataClass.PUBLIC,
        "name": DataClass.PUBLIC,
        "email": DataClass.PERSONAL,
        "password": DataClass.SECRET,
    }


def test_names_may_be_broken_over_lines():
    assert classify(identity=" nik  \n tax_id ") == {
        "nik": DataClass.IDENTITY,
        "tax_id": DataClass.IDENTITY,
    }


def test_nothing_has_no_class():
    assert classify() == {}

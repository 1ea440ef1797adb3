"""How often something was tried, counted where every process sees it."""

from django.db import models

from loket.kernel.privacy import classify


class Throttle(models.Model):
    """Tries of one kind by one source in the running window; the key is a keyed digest."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()
    data_classes = classify(internal="key tries until")

    class Meta:
        indexes = [models.Index(fields=["until"], name="throttle_until")]

    def __str__(self) -> str:
        return f"{self.tries} until {self.until}"

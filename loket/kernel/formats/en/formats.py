"""17 August 2026, 14:05. The month never comes first: the office reads these dates too."""

from loket.kernel.formats.id import formats as indonesian

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = indonesian.DATE_INPUT_FORMATS
TIME_INPUT_FORMATS = indonesian.TIME_INPUT_FORMATS
DATETIME_INPUT_FORMATS = indonesian.DATETIME_INPUT_FORMATS

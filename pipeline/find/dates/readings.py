"""The reading of each `value` that a rule for dates may have."""

from __future__ import annotations

from pipeline.find.dates.days import (
    read_day,
    read_day_alone,
    read_day_interval,
    read_day_this_month,
    read_days_and,
    read_days_apart,
    read_days_listed,
    read_weekday_day,
)
from pipeline.find.dates.periods import (
    read_half_year,
    read_month,
    read_month_interval,
    read_quarter,
    read_quarters,
    read_season,
    read_short_years,
    read_week,
    read_weeks,
    read_year,
    read_year_before,
    read_year_interval,
)
from pipeline.find.dates.reading import Read
from pipeline.find.dates.relative import (
    read_coming_weekday,
    read_feast,
    read_last_weekday,
    read_relative_day,
    read_relative_month,
    read_relative_week,
    read_relative_year,
    read_weekday_of_month,
    read_weekday_of_week,
)

__all__ = ["READINGS"]

READINGS: dict[str, Read] = {
    "day": read_day,
    "day-alone": read_day_alone,
    "day-interval": read_day_interval,
    "days-and": read_days_and,
    "days-apart": read_days_apart,
    "days-listed": read_days_listed,
    "day-this-month": read_day_this_month,
    "weekday-day": read_weekday_day,
    "weekday-of-week": read_weekday_of_week,
    "weekday-of-month": read_weekday_of_month,
    "last-weekday": read_last_weekday,
    "month": read_month,
    "month-interval": read_month_interval,
    "year": read_year,
    "year-before": read_year_before,
    "year-interval": read_year_interval,
    "short-years": read_short_years,
    "quarter": read_quarter,
    "quarters": read_quarters,
    "half-year": read_half_year,
    "week": read_week,
    "weeks": read_weeks,
    "season": read_season,
    "relative-day": read_relative_day,
    "relative-year": read_relative_year,
    "relative-month": read_relative_month,
    "relative-week": read_relative_week,
    "feast": read_feast,
    "coming-weekday": read_coming_weekday,
}

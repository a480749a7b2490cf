"""The English unit names of Recognizers-Text in our canonical units, for judging its cases."""

from decimal import Decimal

_TABLE = """
m: Meter 1, Kilometer 1000, Hectometer 100, Decameter 10, Decimeter 0.1, Centimeter 0.01, Millimeter 0.001, Micrometer 1e-6
m: Micron 1e-6, Nanometer 1e-9, Picometer 1e-12, Li 500, Zhang 10/3, Chi 1/3, Cun 1/30, Fen 1/300, Hao 1/30000, Mile 1609.344
m: Foot 0.3048, Inch 0.0254, Yard 0.9144, Light_year 9460730472580800, Nautical_mile 1852
m2: Square_meter 1, Square_kilometer 1e6, Square_centimeter 1e-4, Square_decimeter 0.01, Square_millimeter 1e-6, Hectare 10000
m2: Mu 2000/3, Qing 200000/3, Acre 4046.8564224, Square_mile 2589988.110336, Square_foot 0.09290304, Square_inch 0.00064516
m3: Cubic_meter 1, Cubic_kilometer 1e9, Cubic_decimeter 0.001, Cubic_centimeter 1e-6, Cubic_millimeter 1e-9, Liter 0.001
m3: Milliliter 1e-6, Deciliter 1e-4, Centiliter 1e-5, Hectoliter 0.1, Dou 0.01, Dan 0.1, Gallon 0.003785411784
m3: Pint 0.000473176473, Quart 0.000946352946, Cup 0.0002365882365, Barrel 0.158987294928, Fluid_ounce 0.0000295735295625
t: Ton 1, Kilogram 0.001, Gram 1e-6, Milligram 1e-9, Microgram 1e-12, Jin 0.0005, Liang 0.00005, Qian 0.000005
t: Pound 0.00045359237, Ounce 0.000028349523125, Carat 2e-7, Picul 0.05
m/s: Meter_per_second 1, Kilometer_per_hour 5/18, Kilometer_per_second 1000, Mile_per_hour 0.44704, Knot 1852/3600
W: Watt 1, Kilowatt 1000, Megawatt 1e6
Hz: Hertz 1, Kilohertz 1000, Megahertz 1e6, Gigahertz 1e9
byte: Bit 0.125, Kilobit 125, Megabit 125000, Gigabit 125000000, Byte 1, Kilobyte 1000, Megabyte 1e6, Gigabyte 1e9, Terabyte 1e12
byte: Petabyte 1e15
degree: Degree 1
°C: C 1, Celsius 1
°F: F 1, Fahrenheit 1
K: K 1
year: Year 1, Month 1/12, Week 7/365, Day 1/365
"""


def _units() -> dict[str, tuple[str, Decimal]]:
    units: dict[str, tuple[str, Decimal]] = {}
    for line in _TABLE.strip().splitlines():
        canonical, _, names = line.partition(": ")
        for entry in names.split(", "):
            name, factor = entry.split()
            times, _, by = factor.partition("/")
            units[name.replace("_", " ")] = (canonical, Decimal(times) / Decimal(by or 1))
    return units


UNITS = _units()

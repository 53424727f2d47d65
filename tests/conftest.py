"""What every test may ask for."""

from hypothesis import settings

pytest_plugins = ["tests.databases"]

settings.register_profile("shopper", deadline=None)  # a busy machine is no defect
settings.load_profile("shopper")

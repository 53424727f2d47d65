"""The virtual environment is whole or it is not there."""

import pytest

from setup.environment import Environment
from setup.places import Places
from setup.programs import CannotGoOn
from tests.setup.doubles import Recorder


@pytest.fixture
def places(tmp_path):
    (tmp_path / "requirements").mkdir()
    for lock in ("build", "run", "test", "node"):
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"{lock}==1")
    (tmp_path / "pyproject.toml").write_text("")
    return Places(tmp_path)


def an_environment(places, **behaviour) -> Environment:
    """An environment whose interpreter appears when a program would have made it."""

    def make_interpreter(words):
        if "venv" in words:
            places.python.parent.mkdir(parents=True)
            places.python.touch()

    return Environment(places, Recorder(then=make_interpreter, **behaviour))


def test_installed_packages_are_not_installed_again(places):
    environment = an_environment(places)
    assert not environment.has_packages("run")
    environment.install_packages("run")
    assert environment.has_packages("run")
    assert not environment.has_packages("test")


def test_an_environment_for_tests_serves_for_running_too(places):
    environment = an_environment(places)
    environment.install_packages("test")
    assert environment.has_packages("run")


def test_packages_for_tests_go_into_the_environment_that_runs(places):
    environment = an_environment(places)
    environment.install_packages("run")
    environment.install_packages("test")
    assert sum("venv" in command for command in environment.runner.commands) == 1


def test_a_changed_lock_asks_for_a_new_environment(places):
    environment = an_environment(places)
    environment.install_packages("run")
    left_over = places.venv / "left-over"
    left_over.touch()
    places.lock("run").write_text("run==2")
    assert not environment.has_packages("run")
    environment.install_packages("run")
    assert environment.has_packages("run")
    assert not left_over.exists()


def test_a_half_made_environment_is_removed_before_a_new_one_is_made(places):
    half = places.venv / "lib" / "half"
    half.mkdir(parents=True)
    environment = an_environment(places)
    environment.install_packages("run")
    assert environment.has_packages("run")
    assert not half.exists()


def test_a_failed_installation_leaves_no_environment(places):
    environment = an_environment(places, fails="--require-hashes")
    with pytest.raises(CannotGoOn, match="the same command again"):
        environment.install_packages("run")
    assert not places.venv.exists()


def test_a_failed_installation_for_tests_does_not_pass_for_one_that_runs(places):
    an_environment(places).install_packages("run")
    with pytest.raises(CannotGoOn):
        an_environment(places, fails="--require-hashes").install_packages("test")
    assert not an_environment(places).has_packages("run")


def test_an_interrupted_installation_leaves_no_environment(places):
    environment = an_environment(places)

    def interrupt(words):
        places.venv.mkdir(exist_ok=True)
        raise KeyboardInterrupt

    environment.runner.then = interrupt
    with pytest.raises(KeyboardInterrupt):
        environment.install_packages("run")
    assert not places.venv.exists()


def test_every_package_is_installed_by_its_hash_and_the_product_without_a_network(places):
    environment = an_environment(places)
    environment.install_packages("test")
    environment.install_product()
    *_, packages, product = environment.runner.commands
    assert {"--require-hashes", "--no-deps"} <= set(packages)
    assert {"--no-index", "--no-build-isolation", "--editable"} <= set(product)


def test_an_environment_that_is_a_link_is_left_alone(places, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    places.venv.symlink_to(elsewhere)
    with pytest.raises(CannotGoOn, match="link"):
        an_environment(places).install_packages("run")
    assert elsewhere.exists()

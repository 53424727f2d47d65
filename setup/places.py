"""Where set-up puts what it makes."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one checkout that set-up reads and makes."""

    root: Path

    @classmethod
    def of_this_checkout(cls) -> "Places":
        """Return the places of the checkout that this file belongs to."""
        return cls(Path(__file__).resolve().parent.parent)

    @property
    def venv(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The virtual environment's interpreter."""
        return self.program("python")

    @property
    def own(self) -> Path:
        """Set-up's own ignored folder."""
        return self.root / ".setup"

    @property
    def stamps(self) -> Path:
        """What was done already, one file for each step."""
        return self.own / "stamps"

    @property
    def logs(self) -> Path:
        """What the programs said that set-up and the tests ran."""
        return self.own / "logs"

    @property
    def vendor(self) -> Path:
        """The front-end libraries that pages use."""
        return self.root / "static" / "vendor"

    @property
    def node_modules(self) -> Path:
        """The front-end libraries as npm lays them out."""
        return self.root / "node_modules"

    def program(self, name: str) -> Path:
        """Return where the virtual environment keeps the program `name`."""
        return self.venv / "bin" / name

    def lock(self, name: str) -> Path:
        """Return the lock file `name`: run, test, build or node."""
        return self.root / "requirements" / f"{name}.txt"

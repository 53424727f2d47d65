"""What imports what: no module waits for itself, and the web process stays light."""

import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("package", ["evaluations", "shopper"])
def test_no_imports_go_round_in_a_circle(package):
    graph = grimp.build_graph(package, cache_dir=None, exclude_type_checking_imports=True)
    TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    ).prepare()


@pytest.mark.parametrize("heavy", ["weasyprint", "scipy", "statsmodels"])
def test_the_web_process_does_not_load_what_only_the_worker_needs(heavy):
    script = f"import sys, shopper.app; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0

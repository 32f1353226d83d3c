"""Rules about the repository's own files that no linter knows."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bot.config import PREFIX, Settings, read_settings

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "__pycache__", "build", "data", "dist", "htmlcov", "screenshots"}
SETTINGS = sorted(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)

# Put together here, so that this file does not name what it forbids.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
    )
]
MACHINE = re.compile(r"(?<![\w.$})-])/(?:work|root|farm|home|Users)/")
NOQA = re.compile(r"#\s*(?:noqa\b|type:\s*ignore)(?P<rest>.*)")

LONGEST_FUNCTION, USUAL_FUNCTION, USUAL_SHARE, LONGEST_MODULE = 40, 20, 0.9, 250


@cache
def texts() -> dict[str, str]:
    """Every text file of the repository by its path in it."""
    found = {}
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if any(
            part in NOT_OURS or part.endswith("_cache") or part == ".hypothesis" for part in parts
        ):
            continue
        if parts[-1] == ".env" or not path.is_file():
            continue
        try:
            found["/".join(parts)] = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return found


def python(folder: str) -> dict[str, ast.Module]:
    return {
        path: ast.parse(text)
        for path, text in texts().items()
        if path.startswith(folder) and path.endswith(".py")
    }


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host: str) -> None:
    assert [path for path, text in texts().items() if host in text] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    lines = [
        f"{path}: {line.strip()}"
        for path, text in texts().items()
        for line in text.splitlines()
        if MACHINE.search(line)
    ]
    assert lines == []


def asks_the_machine(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    )


def test_only_the_clocks_ask_the_machine_for_the_time() -> None:
    asking = {
        path
        for path, tree in python("bot/").items()
        if any(asks_the_machine(node) for node in ast.walk(tree))
    }
    # The sandbox knows nothing of the bot, so it has a clock of its own.
    assert asking <= {"bot/clock.py", "bot/sandbox/clock.py"}


def test_every_silenced_rule_has_its_reason() -> None:
    bare = [
        f"{path}:{number}"
        for path, text in texts().items()
        if path.endswith(".py") and path != "tests/integration/test_repository.py"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := NOQA.search(line)) and not re.search(r" [-#] \w", found["rest"])
    ]
    assert bare == []


def docstrings(tree: ast.Module) -> set[int]:
    """The lines docstrings stand on."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, owners) and ast.get_docstring(node) is not None:
            lines.update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return lines


def lines_of_code(path: str, tree: ast.Module) -> set[int]:
    """Neither blank nor comment nor docstring."""
    said = docstrings(tree)
    lines = enumerate(texts()[path].splitlines(), 1)
    return {
        number
        for number, line in lines
        if line.strip() and not line.strip().startswith("#") and number not in said
    }


def test_modules_stay_short() -> None:
    lengths = {path: len(lines_of_code(path, tree)) for path, tree in python("bot/").items()}
    assert {path: n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_functions_stay_short() -> None:
    lengths = {}
    for path, tree in python("bot/").items():
        code = lines_of_code(path, tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = range(node.body[0].lineno, node.body[-1].end_lineno + 1)
                lengths[f"{path}:{node.lineno} {node.name}"] = len(code.intersection(body))
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    short = sum(n <= USUAL_FUNCTION for n in lengths.values())
    assert short >= USUAL_SHARE * len(lengths)


def test_every_module_says_why_it_exists() -> None:
    assert [path for path, tree in python("bot/").items() if not ast.get_docstring(tree)] == []


# --- what the operator reads ------------------------------------------------------------------


@pytest.mark.parametrize("page", ["README.md", ".env.example"])
def test_every_setting_is_explained_and_no_other(page: str) -> None:
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+", texts()[page]))
    assert sorted(named) == SETTINGS


def test_the_example_settings_are_accepted_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    lines = re.findall(rf"^# ({PREFIX}\w+=.*)$", texts()[".env.example"], re.MULTILINE)
    assert len(lines) == len(SETTINGS)
    chosen = tmp_path / ".env"
    chosen.write_text("\n".join(lines))
    settings = read_settings(chosen)
    kept = settings.model_dump(exclude={"bot_token", "database_url", "encryption_keys"})
    plain = read_settings(None).model_dump(include=set(kept))
    different = {name for name in kept if kept[name] != plain[name]}
    assert different == {"webhook_url", "webhook_secret"}


LINK = re.compile(r"""\]\((?P<inline>[^)#\s]+)|(?:src|srcset)="(?P<picture>[^"]+)""")


def links(path: str) -> list[str]:
    """Where a page leads within the repository."""
    found = [one["inline"] or one["picture"] for one in LINK.finditer(texts()[path])]
    return [link for link in found if "://" not in link]


@pytest.mark.parametrize("page", sorted(path for path in texts() if path.endswith(".md")))
def test_links_between_documents_lead_somewhere(page: str) -> None:
    here = (ROOT / page).parent
    assert [link for link in links(page) if not here.joinpath(link).exists()] == []


# --- packages ---------------------------------------------------------------------------------


def pins(lock: str) -> list[tuple[str, str]]:
    """Every pin as (name, version and marker); a package may need one for each Python."""
    return re.findall(r"^([a-z0-9-]+)==([^\\\n]+)", texts()[lock], re.MULTILINE)


def pinned(lock: str) -> set[str]:
    return {name for name, _ in pins(lock)}


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"]
)
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = texts()[lock]
    blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(lock)) == len(set(pins(lock))) > 0
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text


def test_the_locks_agree_with_each_other() -> None:
    everything = set(pins("requirements-dev.lock"))
    for lock in ("requirements.lock", "requirements-build.lock"):
        assert set(pins(lock)) <= everything


def plain_names(requirements: list[str]) -> set[str]:
    names = (re.match(r"[\w.-]+", one)[0] for one in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_every_declared_package_is_locked() -> None:
    project = tomllib.loads(texts()["pyproject.toml"])
    groups = project["dependency-groups"]
    assert plain_names(project["project"]["dependencies"]) <= pinned("requirements.lock")
    assert plain_names(groups["build"]) <= pinned("requirements-build.lock")
    assert plain_names(groups["dev"]) <= pinned("requirements-dev.lock")


def imported(folder: str) -> set[str]:
    """Every package that a folder's modules import, by its first name."""
    names = set()
    for tree in python(folder).values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names.update(one.name.split(".")[0] for one in node.names)
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"bot"}


def test_whatever_is_imported_is_declared() -> None:
    """What comes along with another package today may be gone tomorrow."""
    project = tomllib.loads(texts()["pyproject.toml"])["project"]
    sources = packages_distributions()
    packages = [sources[name][0] for name in imported("bot/") | imported("migrations/")]
    assert plain_names(packages) <= plain_names(project["dependencies"])

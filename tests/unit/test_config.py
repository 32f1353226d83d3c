"""Settings: defaults, what is refused and in which words, the data folder, the keys."""

import stat
from datetime import time, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import ValidationError
from sqlalchemy import make_url

from bot.config import BadSetting, Settings, read_settings
from bot.domain.runner import QuietHours
from bot.keys import encryption_keys, prepare_data_dir

TOKEN = "1234567890:AAF-abcdefghijklmnopqrstuvwxyz01234"  # noqa: S105 - made up


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def problems(monkeypatch, **environment):
    for name, value in environment.items():
        monkeypatch.setenv(f"AFTERMILE_{name}", value)
    with pytest.raises(BadSetting) as caught:
        read_settings()
    return caught.value.lines


def test_without_any_setting_the_documented_defaults_apply():
    settings = read_settings()
    rhythm = settings.rhythm()
    assert settings.api_base_url == "https://api.telegram.org"
    assert settings.mode == "polling"
    assert settings.send_rate == 25
    assert settings.storage_url.endswith("/data/aftermile.db")
    assert settings.storage_url.startswith("sqlite+aiosqlite:////")
    assert rhythm.first_check_in_after == timedelta(minutes=60)
    assert rhythm.morning_at == time(8)
    assert rhythm.quiet_hours == QuietHours(time(22), time(7))
    assert rhythm.reminder_after == timedelta(hours=3)
    assert rhythm.start_within == timedelta(hours=8)
    assert rhythm.finish_within == timedelta(minutes=45)
    assert rhythm.emergency_follow_up_after == timedelta(minutes=15)


def test_values_come_from_the_environment_before_the_env_file(monkeypatch):
    Path(".env").write_text(
        f"AFTERMILE_BOT_TOKEN={TOKEN}\nAFTERMILE_SEND_RATE=3\nAFTERMILE_FIRST_CHECK_IN_AFTER=P1D\n"
        "SOMETHING_ELSE=1\n"
    )
    monkeypatch.setenv("AFTERMILE_SEND_RATE", "7")
    monkeypatch.setenv("AFTERMILE_QUIET_HOURS", "23:30-06:15")
    settings = read_settings()
    assert settings.require_token() == TOKEN
    assert settings.send_rate == 7
    assert settings.first_check_in_after == timedelta(days=1)
    assert settings.quiet_hours == QuietHours(time(23, 30), time(6, 15))


def test_an_empty_value_means_the_default_as_in_a_copied_example_file(monkeypatch):
    monkeypatch.setenv("AFTERMILE_BOT_TOKEN", "")
    monkeypatch.setenv("AFTERMILE_MORNING_CHECK_IN_AT", "")
    settings = read_settings()
    assert settings.bot_token is None
    assert settings.morning_check_in_at == time(8)


def test_quiet_hours_can_be_switched_off(monkeypatch):
    monkeypatch.setenv("AFTERMILE_QUIET_HOURS", "off")
    quiet = read_settings().quiet_hours
    assert not any(quiet.contains(time(hour)) for hour in range(24))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SEND_RATE", "31", "whole number from 1 to 30"),
        ("SEND_RATE", "0", "whole number from 1 to 30"),
        ("SEND_RATE", "2.5", "whole number from 1 to 30"),
        ("PORT", "tcp://10.0.0.1:8080", "whole number from 1 to 65535"),
        ("REMINDER_AFTER", "3h", "PT3H"),
        ("REMINDER_AFTER", "PT0S", "out of range"),
        ("REMINDER_AFTER", "P400D", "out of range"),
        ("REMINDER_AFTER", "Ponies", "PT3H"),
        ("MORNING_CHECK_IN_AT", "8:00", "like 08:00"),
        ("MORNING_CHECK_IN_AT", "24:00", "like 08:00"),
        ("QUIET_HOURS", "22-7", "22:00-07:00"),
        ("QUIET_HOURS", "22:00", "22:00-07:00"),
        ("QUIET_HOURS", "22:00-22:00", "22:00-07:00"),
        ("MODE", "pulling", "use polling or webhook"),
        ("WEBHOOK_URL", "bot.example.org/hook", "like https://bot.example.org/hook"),
        ("WEBHOOK_URL", "https://bot.example.org/hook?a=b", "like https://bot.example.org/hook"),
        ("WEBHOOK_SECRET", "short", "16 to 256 characters"),
        ("WEBHOOK_SECRET", "with spaces and dots.", "16 to 256 characters"),
        ("API_BASE_URL", "api.telegram.org", "https://api.telegram.org"),
        ("DATABASE_URL", "mysql://db/aftermile", "postgresql://user:password@host/name"),
        ("DATABASE_URL", "postgresql://me@db:many/aftermile", "sqlite:///"),
        ("DATABASE_URL", "postgresql://me:p@ss@db/aftermile", "write an @ of the user or the pas"),
        ("LOG_FORMAT", "xml", "console or json"),
        ("LOG_LEVEL", "loud", "DEBUG or INFO"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_variable_and_the_way_out(
    monkeypatch, name, value, words
):
    [line] = problems(monkeypatch, **{name: value})
    assert line.startswith(f"AFTERMILE_{name}: ")
    assert words in line


def test_all_problems_are_reported_at_once(monkeypatch):
    lines = problems(monkeypatch, SEND_RATE="many", MODE="pulling", QUITE_HOURS="off")
    assert len(lines) == 3


def test_an_unknown_setting_is_refused_with_the_likely_name(monkeypatch):
    [line] = problems(monkeypatch, QUITE_HOURS="off")
    assert line == "AFTERMILE_QUITE_HOURS: unknown setting; did you mean AFTERMILE_QUIET_HOURS?"


def test_an_unknown_setting_in_the_env_file_is_refused_too():
    Path(".env").write_text("AFTERMILE_ZZZ=1\n")
    with pytest.raises(BadSetting, match="AFTERMILE_ZZZ: unknown setting"):
        read_settings()


def test_an_env_file_in_another_encoding_is_named():
    Path(".env").write_bytes("AFTERMILE_HOST=\xe4\n".encode("latin-1"))
    with pytest.raises(BadSetting, match=r"\.env: cannot be read"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("BOT_TOKEN", "hunter2-not-a-token"),
        ("BOT_TOKEN", f"bot{TOKEN}"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("API_BASE_URL", "ftp://me:hunter2@example.org"),
    ],
)
def test_a_refused_secret_is_not_repeated(monkeypatch, name, secret):
    monkeypatch.setenv(f"AFTERMILE_{name}", secret)
    with pytest.raises(BadSetting) as caught:
        read_settings()
    assert secret not in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_secrets_do_not_show_in_the_settings_repr(monkeypatch):
    monkeypatch.setenv("AFTERMILE_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("AFTERMILE_ENCRYPTION_KEYS", "sesame")
    shown = repr(read_settings())
    assert TOKEN not in shown
    assert "sesame" not in shown


def test_a_missing_token_is_only_a_problem_for_who_needs_it():
    with pytest.raises(BadSetting, match="@BotFather"):
        read_settings().require_token()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "missing; webhook mode needs the address"),
        ({"webhook_url": "http://bot.example.org/hook"}, "wants https://"),
        ({"webhook_url": "https://bot.example.org:8080/hook"}, "80, 88, 443, 8443"),
    ],
)
def test_webhook_mode_needs_an_address_telegram_takes(given, words):
    with pytest.raises(BadSetting, match="AFTERMILE_WEBHOOK_URL: ") as caught:
        Settings(mode="webhook", **given).require_webhook_url()
    assert words in str(caught.value)


@pytest.mark.parametrize("port", ["99999", "abc", "0"])
@pytest.mark.parametrize("name", ["webhook_url", "api_base_url"])
def test_a_port_that_is_none_is_told(name, port):
    with pytest.raises(ValidationError, match="must be"):
        Settings(**{name: f"https://bot.example.org:{port}/hook"})


@pytest.mark.parametrize("name", ["what?", "50%", "a%20b", "one two", "#1"])
def test_the_data_folder_may_be_called_anything(tmp_path, name):
    url = Settings(data_dir=tmp_path / name).storage_url
    assert make_url(url).database == str(tmp_path / name / "aftermile.db")


def test_an_own_bot_api_server_may_be_given_any_address():
    settings = Settings(api_base_url="http://127.0.0.1:8081", webhook_url="http://127.0.0.1:9/x")
    assert settings.require_webhook_url() == "http://127.0.0.1:9/x"


def test_a_trailing_slash_of_the_server_root_is_dropped():
    settings = Settings(api_base_url="http://127.0.0.1:8081/")
    assert settings.api_base_url == "http://127.0.0.1:8081"


def test_the_data_folder_is_made_for_its_owner_only(tmp_path):
    folder = tmp_path / "deep" / "data"
    prepare_data_dir(Settings(data_dir=folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == []


def test_a_data_folder_that_cannot_be_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match=r"AFTERMILE_DATA_DIR: cannot write to .*/file/data"):
        prepare_data_dir(Settings(data_dir=tmp_path / "file" / "data"))


def test_a_key_is_made_once_for_the_owner_only_and_kept(tmp_path):
    settings = Settings(data_dir=tmp_path)
    [made] = encryption_keys(settings)
    assert encryption_keys(settings) == (made,)
    assert stat.S_IMODE((tmp_path / "encryption.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["encryption.key"]
    Fernet(made)


def test_given_keys_go_before_the_file_and_keep_their_order(tmp_path):
    new, old = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings = Settings(data_dir=tmp_path, encryption_keys=f"{new}, {old}")
    assert encryption_keys(settings) == (new, old)
    assert not (tmp_path / "encryption.key").exists()


def test_a_broken_key_is_refused_without_being_shown(tmp_path):
    with pytest.raises(BadSetting) as caught:
        encryption_keys(Settings(data_dir=tmp_path, encryption_keys="open-sesame"))
    assert "AFTERMILE_ENCRYPTION_KEYS: holds no valid key" in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_an_unreadable_key_file_is_never_replaced(tmp_path):
    path = tmp_path / "encryption.key"
    path.mkdir()
    with pytest.raises(BadSetting, match=r"encryption\.key: cannot be read"):
        encryption_keys(Settings(data_dir=tmp_path))
    assert path.is_dir()


def test_a_cut_off_key_file_is_never_replaced(tmp_path):
    path = tmp_path / "encryption.key"
    path.write_text("abc")
    with pytest.raises(BadSetting, match="holds no valid key"):
        encryption_keys(Settings(data_dir=tmp_path))
    assert path.read_text() == "abc"


def test_a_key_file_that_others_can_read_is_warned_of(tmp_path, caplog):
    settings = Settings(data_dir=tmp_path)
    encryption_keys(settings)
    (tmp_path / "encryption.key").chmod(0o644)
    encryption_keys(settings)
    assert "encryption_key.readable_by_others" in caplog.text


def test_a_key_is_made_where_the_file_system_has_no_hard_links(tmp_path, monkeypatch):
    def refuse(*_paths):
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    [made] = encryption_keys(Settings(data_dir=tmp_path))
    assert stat.S_IMODE((tmp_path / "encryption.key").stat().st_mode) == 0o600
    assert encryption_keys(Settings(data_dir=tmp_path)) == (made,)


def test_of_two_processes_that_start_at_once_both_use_the_first_key(tmp_path, monkeypatch):
    other = Fernet.generate_key().decode()

    def come_second(_draft, path):
        path.write_text(other)
        raise FileExistsError

    monkeypatch.setattr("os.link", come_second)
    assert encryption_keys(Settings(data_dir=tmp_path)) == (other,)

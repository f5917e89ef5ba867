"""Where khabar keeps things, by the platform's conventions: cache, data, configuration and state apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one reader. The cache may be deleted at any time; the data may not."""

    data: Path
    cache: Path
    config: Path
    state: Path

    @property
    def store(self) -> Path:
        """Stories, marks and sources."""
        return self.data / "khabar.sqlite"

    @property
    def responses(self) -> Path:
        """The HTTP cache."""
        return self.cache / "responses.sqlite"

    @property
    def configuration(self) -> Path:
        """The file the reader may write."""
        return self.config / "khabar.toml"

    @property
    def sites(self) -> Path:
        """The file of site rules the reader may write."""
        return self.config / "sites.toml"

    @property
    def log(self) -> Path:
        """What went wrong in detail."""
        return self.state / "khabar.log"

    def apart(self, name: str) -> Paths:
        """The same for something that must not mix with the reader's own news (the demo)."""
        return Paths(self.data / name, self.cache / name, self.config, self.state)

    @property
    def readers(self) -> Path:
        """The files of a kiosk's readers, beside the store they share."""
        return self.data / "readers"

    @classmethod
    def under(cls, folder: Path) -> Paths:
        """Everything in one folder; what a kiosk's readers share, or a disk that is carried about."""
        return cls(folder, folder / "cache", folder, folder)

    def make(self) -> None:
        """Create the folders, readable by their owner only. Raises OSError when the disk or the rights forbid it."""
        for folder in (self.data, self.cache, self.state):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def default_paths() -> Paths:
    """The paths of this user on this platform (on Linux by the XDG variables)."""
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("khabar", appauthor=False)
    return Paths(dirs.user_data_path, dirs.user_cache_path, dirs.user_config_path, dirs.user_state_path)

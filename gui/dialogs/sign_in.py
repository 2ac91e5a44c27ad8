"""Who sits here: a name and a password."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.actions import button
from gui.widgets.rail import WARNING
from models.kernel.errors import Refused, Unavailable
from models.kernel.person import Person

WIDTH = 400


class SignIn(QDialog):
    """Asks until a name and a password fit, or the officer gives up. `person` is who signed in.

    `secrets`: public passwords by name, for the sample office only. `first`: nobody sits here yet,
    so leaving the box leaves the program.
    """

    def __init__(
        self,
        organ: str,
        names: Sequence[str],
        *,
        chosen: str | None = None,
        secrets: Mapping[str, str] | None = None,
        first: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.person: Person | None = None
        self.setWindowTitle("登录 · 政务公开工作台")
        self.setFixedWidth(WIDTH)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(32, 28, 32, 20)
        rows.setSpacing(6)
        head = QLabel("政务公开工作台")
        head.setFont(theme.font(15, strong=True))
        rows.addWidget(head)
        office = QLabel(organ)
        office.setProperty("role", "second")
        office.setWordWrap(True)
        rows.addWidget(office)
        rows.addSpacing(16)
        self.name = QComboBox()
        self.name.addItems(list(names))
        self.name.setAccessibleName("姓名")
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if chosen in names:
            self.name.setCurrentText(chosen or "")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("密码")
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow("姓名(&N)", self.name)
        form.addRow("密码(&P)", self.password)
        rows.addLayout(form)
        # Who switches chooses a name first; who starts is mostly the one who sat here last.
        (self.password if first else self.name).setFocus()
        self._secrets = secrets or {}
        self.says = QLabel()
        self.says.setWordWrap(True)
        self.says.setMinimumHeight(36)
        self.says.setProperty("role", "second")
        rows.addWidget(self.says)
        self._enter = button("登录", self._try, role="primary")
        self._enter.setDefault(True)
        self._enter.setAutoDefault(True)
        leave = button("退出" if first else "不换人", self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self._enter)
        rows.addLayout(foot)
        rows.addSpacing(12)
        warning = QLabel(WARNING)
        warning.setProperty("role", "caption")
        warning.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(warning)
        self.name.currentIndexChanged.connect(lambda _index: self._hint())
        self._hint()

    def _hint(self) -> None:
        """In the sample office the passwords are public: they are shown."""
        secret = self._secrets.get(self.name.currentText(), "")
        self._say(f"示例单位的密码：{secret}" if secret else "", "second")

    def _try(self) -> None:
        from models.kernel.people import sign_in  # argon2 is loaded while the officer reads

        try:
            self.person = sign_in(self.name.currentText(), self.password.text())
        except Refused as refused:
            self._say("\n".join(refused.reasons), "error")
        except Unavailable as missing:
            self._say(f"{missing.what}。{missing.why}", "error")
        else:
            self.accept()
            return
        self.password.clear()
        self.password.setFocus()

    def _say(self, text: str, role: str) -> None:
        self.says.setText(text)
        self.says.setProperty("role", role)
        self.says.style().unpolish(self.says)
        self.says.style().polish(self.says)

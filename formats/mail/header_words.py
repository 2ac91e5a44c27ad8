"""A letter's headers in the words of an officer."""

HEADER_WORDS = {
    "From": "发件人", "To": "收件人", "Cc": "抄送", "Bcc": "密送", "Subject": "主题",
    "Date": "日期", "Reply-To": "回复到", "Sender": "代发人", "Message-ID": "邮件编号",
    "X-Mailer": "发件程序",
}  # fmt: skip

"""Text files in the encodings and shapes Chinese offices produce."""

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
SENTENCES = (
    "白石沟镇人民政府关于公布耕地地力保护补贴发放情况的公示。\n"
    "经村民小组评议、村两委审核，现将覃小满等三户名单公示如下，公示期七个工作日。\n"
    "联系电话：0800-1234567，联系人：覃小满。\n"
)
LIST = '户主姓名,身份证号,"金额（元）"\r\n覃小满,110101199001010000,"1,200"\r\n龙大有,=1+1,\r\n'
PAGE = """<!doctype html><html><head><title>标题甲</title><meta name="author" content="作者乙">
<style>.away { display: none }</style><script>var a = "脚本丙";</script></head><body>
<p>正文<b>丁</b>甲乙</p><p style="display: none">藏起戊</p><div class="away">藏起己</div>
<!-- 注释庚 --><input type="hidden" value="隐藏值辛"><input value="填写壬">
<a href="file:///D:/路径癸.docx" title="提示子">点此</a><span data-id="数据丑">寅</span>
<table><tr><td>卯<td>辰</tr></table><img src="a.png" alt="替代巳"></body></html>"""

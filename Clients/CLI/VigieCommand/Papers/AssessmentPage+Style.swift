// SPDX-License-Identifier: Apache-2.0

// How pages look on a screen and on paper.

extension AssessmentPage {
    /// The style sheet. On paper each company, and the glossary, begins a sheet of its own.
    static let style = """
        body{font:15px/1.45 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;\
        color:#1b2733}a{color:inherit;text-decoration:underline dotted #7d8f9c}
        article,nav{margin-bottom:3rem}h1{font-size:1.5rem;margin:0 0 .3rem}\
        h2{font-size:1.05rem;margin:1.5rem 0 .4rem;border-bottom:1px solid #cfd8df}\
        header p{margin:0}header p,small,.papers,footer{color:#5a6b78}\
        .papers{overflow-wrap:anywhere}
        .outcome{font-weight:600;padding:.5rem .8rem;background:#eef2f5;\
        border-left:5px solid #7d8f9c}.in_proceedings,.closed,.outcome.bad{border-color:#b3372f}\
        .review,.not_scorable,.outcome.fair{border-color:#c98a1b}.outcome.good{border-color:#2b7a4b}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.8rem}\
        .figures div{border:1px solid #cfd8df;border-radius:6px;padding:.6rem .8rem}\
        .figures span,.figures small{display:block}.figures b{font-size:1.5rem}\
        .figures .good b{color:#2b7a4b}.figures .fair b{color:#9a6400}.figures .bad b{color:#b3372f}
        table{border-collapse:collapse;width:100%}td,th{padding:.15rem .4rem;vertical-align:top;\
        text-align:left}.ratios td:last-child,.bars td:nth-child(2){text-align:right;\
        white-space:nowrap}.list td{border-top:1px solid #cfd8df}\
        .list td:nth-child(n+3){white-space:nowrap}
        .bars small{display:block}\
        .bar{width:30%}i{display:block}.bar i{height:.8rem;margin-top:.25rem;border-radius:2px}\
        i.good{background:#2b7a4b}i.fair{background:#c98a1b}i.bad{background:#b3372f}\
        .mark{display:inline-block;width:.7rem;height:.7rem;border-radius:50%;margin-right:.4rem}
        dt{font-weight:600;margin-top:.8rem}dd{margin:0}dd small{display:block}\
        footer{border-top:1px solid #cfd8df;\
        margin-top:1rem;padding-top:.6rem;font-size:.85rem}
        @media print{body{margin:0;max-width:none;font-size:12px}a{text-decoration:none}\
        article,.glossary{break-before:page}body>:first-child{break-before:auto}\
        h2{break-after:avoid}tr,dt,dd,.figures{break-inside:avoid}dt{break-after:avoid}\
        i,.outcome{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """
}

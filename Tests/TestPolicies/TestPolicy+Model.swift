// SPDX-License-Identifier: Apache-2.0

// The decisions of the policy of tests.

extension TestPolicy {
    private static func input(_ name: String, _ type: String) -> String {
        "<inputData id=\"\(name)\" name=\"\(name)\">"
            + "<variable name=\"\(name)\" typeRef=\"\(type)\"/>"
            + "</inputData>\n"
    }

    private static func decision(_ name: String, _ needs: [String], _ logic: String) -> String {
        let required = needs.map {
            let kind = $0.first?.isUppercase ?? false ? "Decision" : "Input"
            return "<informationRequirement><required\(kind) href=\"#\($0)\"/>"
                + "</informationRequirement>"
        }
        return "<decision id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\"/>"
            + required.joined() + logic + "</decision>\n"
    }

    private static func table(
        _ policy: String,
        _ inputs: [String],
        _ outputs: [(name: String, type: String)],
        _ rules: [(id: String, cells: [String])]
    ) -> String {
        let columns = inputs.map {
            "<input><inputExpression><text>\($0)</text></inputExpression></input>"
        }
        let results = outputs.map { output in
            (outputs.count > 1 ? "<output name=\"\(output.name)\"" : "<output")
                + " typeRef=\"\(output.type)\"/>"
        }
        let rows = rules.map { rule in
            let cells = rule.cells.enumerated().map { place, text in
                let kind = place < inputs.count ? "inputEntry" : "outputEntry"
                return "<\(kind)><text>\(text)</text></\(kind)>"
            }
            return "<rule id=\"\(rule.id)\">\(cells.joined())</rule>\n"
        }
        return "<decisionTable hitPolicy=\"\(policy)\">\n" + columns.joined() + results.joined()
            + rows.joined() + "</decisionTable>"
    }

    static let model =
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="small"
        namespace="urn:small">
        <itemDefinition name="tSectors" isCollection="true">
        <itemComponent name="code"><typeRef>string</typeRef></itemComponent>
        <itemComponent name="risk"><typeRef>number</typeRef></itemComponent>
        </itemDefinition>

        """
        + [
            ("grade", "number"), ("amount", "number"), ("sector", "string"), ("stage", "string"),
            ("as_of", "date"), ("subject", "string"), ("limit", "number"), ("headroom", "number"),
            ("sectors", "tSectors"),
        ].map { input($0.0, $0.1) }.joined()
        + decision(
            "Risk",
            ["sector", "sectors"],
            "<literalExpression><text>if count(sectors[code = sector]) = 0 then 1 else "
                + "sectors[code = sector][1].risk</text></literalExpression>"
        )
        + decision(
            "Class",
            ["grade"],
            table(
                "UNIQUE",
                ["grade"],
                [("", "string")],
                [
                    ("good", ["1", "\"A\""]), ("fair", ["2", "\"B\""]), ("weak", ["3", "\"C\""]),
                    ("over", ["&gt; 3", "\"D\""]),
                ]
            )
        )
        + decision(
            "Need",
            ["stage"],
            table(
                "UNIQUE",
                ["stage"],
                [
                    ("method", "string"), ("months", "number"), ("term_coefficient", "number"),
                    ("behaviour_coefficient", "number"), ("tax_rate", "number"),
                ],
                [
                    ("need-quote", ["\"quote\"", "\"amount\"", "null", "null", "null", "null"]),
                    ("need-order", ["\"order\"", "\"exposure\"", "null", "1.5", "0.8", "null"]),
                    (
                        "need-prospect",
                        ["\"prospect\"", "\"purchases\"", "2", "null", "null", "null"]
                    ),
                    (
                        "need-invoice",
                        ["\"invoice\"", "\"forecast\"", "null", "null", "null", "0.2"]
                    ),
                    ("need-most", ["\"collection\"", "\"greatest\"", "2", "1", "1", "0"]),
                ]
            )
        )
        + decision(
            "Limit",
            ["Class", "Risk"],
            table(
                "UNIQUE",
                ["Class"],
                [
                    ("share_of_net_worth", "number"), ("share_of_equity", "number"),
                    ("share_of_bureau_limit", "number"), ("no_own_risk", "boolean"),
                    ("share_of_cover", "number"), ("share_of_own_turnover", "number"),
                    ("loss_given_default", "number"),
                ],
                [
                    (
                        "best",
                        ["\"A\"", "0.2 * Risk", "0.5", "null", "false", "0.9", "0.05", "0.5"]
                    ),
                    ("middle", ["\"B\"", "0.1", "0.25", "null", "false", "0.9", "0.05", "0.5"]),
                    ("bureau", ["\"C\"", "null", "null", "0.4", "false", "0.9", "0.05", "0.5"]),
                    ("bad", ["\"D\"", "null", "null", "null", "true", "0.9", "0.05", "0.5"]),
                ]
            )
        )
        + decision(
            "Terms",
            ["Class"],
            table(
                "UNIQUE",
                ["Class"],
                [
                    ("days", "number"), ("deposit", "number"), ("prepayment", "boolean"),
                    ("discount", "number"), ("discount_days", "number"), ("valid_months", "number"),
                ],
                [
                    ("long", ["\"A\"", "90", "0", "false", "0.01", "10", "6"]),
                    ("short", ["\"B\", \"C\"", "45", "0.3", "false", "null", "null", "null"]),
                    ("ahead", ["\"D\"", "30", "0", "true", "null", "null", "1"]),
                ]
            )
        )
        + decision(
            "Guarantees",
            ["Class"],
            table(
                "COLLECT",
                ["Class"],
                [("", "string")],
                [("take-demand", ["-", "\"demand\""]), ("take-surety", ["\"B\"", "\"surety\""])]
            )
        )
        + decision(
            "Clauses",
            ["limit"],
            table(
                "COLLECT",
                ["limit"],
                [("", "string")],
                [
                    ("say-terms", ["&gt; 0", "\"terms\""]),
                    ("say-cover", ["&gt;= 5000", "\"cover\""]),
                ]
            )
        )
        + decision(
            "Action",
            ["stage", "headroom", "limit"],
            table(
                "FIRST",
                ["stage", "headroom", "limit"],
                [("", "string")],
                [
                    ("wait", ["-", "-", "null", "\"wait\""]),
                    ("hold", ["\"order\"", "&lt; 0", "-", "\"hold\""]),
                    ("ship", ["\"order\"", "-", "-", "\"ship\""]),
                    ("offer", ["-", "-", "-", "\"offer\""]),
                ]
            )
        )
        + "</definitions>"
}

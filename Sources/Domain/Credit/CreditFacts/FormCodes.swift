// SPDX-License-Identifier: Apache-2.0

// Which lines the printed forms have: a code that is none of them is a slip of the keyboard.

internal import CCreditData

/// The lines of balance sheets and income statements on the printed forms.
package enum FormCodes {
    private static let lines: [String: Set<String>] = {
        var lines: [String: Set<String>] = [:]
        for row in FactTable.rows(vigie_form_lines) where row.count == 2 {
            lines[row[0], default: []].formUnion(row[1].split(separator: " ").map(String.init))
        }
        return lines
    }()

    /// Whether a form has a line in its balance sheet or its income statement.
    package static func has(_ code: String, in form: StatementForm) -> Bool {
        lines[form == .simplified ? "S" : "C"]?.contains(code) ?? false
    }

    /// Whether a code looks like one of those lines, and not like one of an annex.
    package static func isMeant(_ code: String, in form: StatementForm) -> Bool {
        if form == .simplified { return Int(code).map { $0 <= 310 } ?? true }
        return code.utf8.first.map { (0x41...0x48).contains($0) } ?? false
    }
}

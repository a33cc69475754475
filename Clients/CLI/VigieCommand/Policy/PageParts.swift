// SPDX-License-Identifier: Apache-2.0

// What pages about policies are made of.

internal import CommandTables

/// A list with a title; nothing without items.
func pageList(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    let lines = items.map { "<li>\(markup($0))</li>" }.joined()
    return "<h2>\(markup(title))</h2><ul>\(lines)</ul>\n"
}

/// A table with titles.
func pageTable(_ titles: [String], _ rows: [[String]]) -> String {
    let head = titles.map { "<th>\(markup($0))</th>" }.joined()
    let body = rows.map { row in
        "<tr>\(row.map { "<td>\(markup($0))</td>" }.joined())</tr>\n"
    }
    return "<table><thead><tr>\(head)</tr></thead><tbody>\n\(body.joined())</tbody></table>\n"
}

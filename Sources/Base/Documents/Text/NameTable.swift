// SPDX-License-Identifier: Apache-2.0

// Which names a thing may have, written as a table.

/// Lists of names by the name of what has them, such as the attributes of elements. It is a text,
/// for a literal of many lists takes the compiler seconds.
package struct NameTable: Sendable {
    /// Each thing with its names.
    package let lists: [String: [String]]

    /// Takes lines of a thing, a colon and the names, with blanks between; a line without a colon
    /// goes on with the names of the one before.
    package init(_ table: String) {
        var lists: [String: [String]] = [:]
        var thing = ""
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if let first = words.first, first.last == ":" {
                thing = String(first.dropLast())
                lists[thing] = Array(words.dropFirst())
            } else {
                lists[thing, default: []] += words
            }
        }
        self.lists = lists
    }

    /// The names of a thing; nil when the table does not have it.
    package subscript(thing: String) -> [String]? { lists[thing] }
}

// SPDX-License-Identifier: Apache-2.0

// Other rules in the place of those of a table. What does not change keeps its bytes; a new rule is
// laid out as the one that stands before it.

/// A rule as it is to be.
package struct WantedRule: Sendable {
    /// The rule that it is now, by its place; nil for a new one.
    package let place: Int?
    /// The id of a new one.
    package let id: String
    /// Its cells, in the order of the columns.
    package let cells: [String]

    /// Takes its parts.
    package init(place: Int?, id: String, cells: [String]) {
        (self.place, self.id, self.cells) = (place, id, cells)
    }
}

extension TableSource {
    /// The file with other rules in the table. Comments between rules stay before the rule that
    /// they stand before.
    package func rewritten(_ wanted: [WantedRule]) -> [UInt8] {
        guard let first = rules.first, let last = rules.last else { return file.bytes }
        let kept = Set(wanted.compactMap(\.place))
        let separator = self.separator
        // What stands before each rule; comments before one that is gone stay before the next.
        var before: [[UInt8]] = []
        var comments: [UInt8] = []
        for place in rules.indices {
            let start = place == 0 ? first.whole.lowerBound : rules[place - 1].whole.upperBound
            let own = Array(bytes(start..<rules[place].whole.lowerBound))
            let isComment = own.contains { $0 > 0x20 }
            if kept.contains(place) {
                before.append(comments + (isComment || !comments.isEmpty ? own : []))
                comments = []
            } else {
                before.append([])
                if isComment { comments += own }
            }
        }
        var result = Array(bytes(0..<first.whole.lowerBound))
        for (number, rule) in wanted.enumerated() {
            let lead = rule.place.map { before[$0] } ?? []
            if lead.isEmpty {
                if number > 0 { result += separator }
            } else {
                result += number > 0 ? lead[...] : lead.drop { $0 <= 0x20 }
            }
            let model = wanted[..<number].last { $0.place != nil }?.place ?? rule.place ?? 0
            result +=
                rule.place.map { changed(rules[$0], rule.cells) }
                ?? made(rule, like: rules[model])
        }
        return result + comments + bytes(last.whole.upperBound..<file.bytes.count)
    }

    private func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { file.bytes[range] }

    /// What parts rules: the blanks before the second one, or before the first.
    private var separator: [UInt8] {
        guard let first = rules.first else { return [] }
        let end = rules.count > 1 ? rules[1].whole.lowerBound : first.whole.lowerBound
        let blanks = bytes(0..<end).reversed().prefix { $0 <= 0x20 }
        return blanks.isEmpty ? [0x0A] : blanks.reversed()
    }

    /// A rule in which some texts are others.
    private func changed(_ rule: Rule, _ cells: [String]) -> [UInt8] {
        guard rule.cells != cells else { return Array(bytes(rule.whole)) }
        var result: [UInt8] = []
        var place = rule.whole.lowerBound
        for (entry, cell) in zip(rule.entries, cells) where entry.text != cell {
            result += bytes(place..<entry.whole.lowerBound)
            result += changed(entry, cell)
            place = entry.whole.upperBound
        }
        let missing = cells.dropFirst(rule.entries.count)
        if missing.contains(where: { !$0.isEmpty }), let last = rule.entries.last {
            result += bytes(place..<last.whole.upperBound)
            place = last.whole.upperBound
            let prefix = prefix(of: rule.tag)
            for cell in missing {
                result += gap(before: last, in: rule)
                result += element("\(prefix)annotationEntry", prefix, cell)
            }
        }
        return result + bytes(place..<rule.whole.upperBound)
    }

    private func changed(_ entry: Entry, _ cell: String) -> [UInt8] {
        guard let textWhole = entry.textWhole, let textTag = entry.textTag else {
            let name = name(of: entry.tag)
            return element(name, prefix(of: entry.tag), cell)
        }
        let tag = bytes(textTag)
        let name = name(of: textTag)
        var result = Array(bytes(entry.whole.lowerBound..<textWhole.lowerBound))
        result += textTag == textWhole ? tag.dropLast(2) + [0x3E] : tag
        result += escaped(cell)
        result += Array("</\(name)>".utf8)
        return result + bytes(textWhole.upperBound..<entry.whole.upperBound)
    }

    /// A new rule, with the blanks and comments of another one.
    private func made(_ wanted: WantedRule, like rule: Rule) -> [UInt8] {
        let name = name(of: rule.tag)
        let prefix = prefix(of: rule.tag)
        var result = Array("<\(name)".utf8)
        if !wanted.id.isEmpty {
            result += Array(" id=\"".utf8) + escaped(wanted.id, in: "\"") + [0x22]
        }
        result.append(0x3E)
        var place = rule.tag.upperBound
        for (number, cell) in wanted.cells.enumerated() {
            if rule.entries.indices.contains(number) {
                let entry = rule.entries[number]
                let gap = bytes(place..<entry.whole.lowerBound)
                // What is said of the other rule besides is none of this one.
                let isPlain = number > 0 || !gap.contains { $0 > 0x20 }
                result += isPlain ? Array(gap) : self.gap(before: entry, in: rule)
                result += element(self.name(of: entry.tag), prefix, cell)
                place = entry.whole.upperBound
            } else if let last = rule.entries.last {
                result += gap(before: last, in: rule)
                result += element("\(prefix)annotationEntry", prefix, cell)
            }
        }
        return result + bytes(place..<rule.whole.upperBound)
    }

    /// The blanks before a cell.
    private func gap(before entry: Entry, in rule: Rule) -> [UInt8] {
        bytes(rule.tag.upperBound..<entry.whole.lowerBound).reversed().prefix { $0 <= 0x20 }
            .reversed()
    }

    private func element(_ name: String, _ prefix: String, _ text: String) -> [UInt8] {
        Array("<\(name)><\(prefix)text>".utf8) + escaped(text)
            + Array("</\(prefix)text></\(name)>".utf8)
    }

    /// The name of an element with its prefix, by its start tag.
    private func name(of tag: Range<Int>) -> String {
        let name = bytes(tag).dropFirst().prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x2F }
        return String(decoding: name, as: UTF8.self)
    }

    private func prefix(of tag: Range<Int>) -> String {
        let name = name(of: tag)
        return name.contains(":") ? String(name.prefix { $0 != ":" }) + ":" : ""
    }

    private func escaped(_ text: String, in mark: String = "") -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): result += Array("&amp;".utf8)
            case UInt8(ascii: "<"): result += Array("&lt;".utf8)
            case UInt8(ascii: ">"): result += Array("&gt;".utf8)
            case UInt8(ascii: "\"") where !mark.isEmpty: result += Array("&quot;".utf8)
            case UInt8(ascii: "\r"): result += Array("&#13;".utf8)
            default: result.append(byte)
            }
        }
        return result
    }
}

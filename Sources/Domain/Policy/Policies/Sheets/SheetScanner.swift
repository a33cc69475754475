// SPDX-License-Identifier: Apache-2.0

// Goes through the text of a cell, character by character, and writes another one.

/// A text that is read and written anew.
struct SheetScanner {
    let text: String
    private let scalars: [Unicode.Scalar]
    private(set) var place = 0
    private var result = String.UnicodeScalarView()

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    /// What was written.
    var written: String { String(result) }
    /// The next character.
    var next: Unicode.Scalar? { next(0) }

    /// A character that follows.
    func next(_ count: Int) -> Unicode.Scalar? {
        place + count < scalars.count ? scalars[place + count] : nil
    }

    /// Whether a number begins here: a digit that is no part of a name.
    var isAtNumber: Bool {
        guard next?.isDigit == true else { return false }
        guard place > 0 else { return true }
        let before = scalars[place - 1]
        return !(before == "_" || before.properties.isAlphabetic || before.isDigit)
    }

    /// Whether a mark is followed by three digits and no fourth.
    var isGroup: Bool {
        (1...3).allSatisfy { next($0)?.isDigit == true } && next(4)?.isDigit != true
    }

    mutating func copy() {
        if let next { result.append(next) }
        place += 1
    }

    mutating func copyDigits() { while next?.isDigit == true { copy() } }
    mutating func drop(_ count: Int = 1) { place += count }
    mutating func write(_ text: String) { result.append(contentsOf: text.unicodeScalars) }

    /// Copies a text in quotation marks as it is; false if none begins here.
    mutating func copyQuoted() -> Bool {
        guard next == "\"" else { return false }
        copy()
        while let character = next {
            copy()
            if character == "\\" { copy() } else if character == "\"" { break }
        }
        return true
    }

    /// Writes in plain marks what programs make of them while people type: quotation marks of
    /// texts, `≤` for `<=`; false if there is none here.
    mutating func writePlain() -> Bool {
        guard let mark = next else { return false }
        if let plain = ["≤": "<=", "≥": ">=", "≠": "!="][mark] {
            drop()
            write(plain)
            return true
        }
        let closing: [Unicode.Scalar: String] = ["“": "”", "„": "“”", "«": "»"]
        guard let ends = closing[mark]?.unicodeScalars,
            let end = scalars[(place + 1)...].firstIndex(where: { ends.contains($0) })
        else { return false }
        var content = scalars[(place + 1)..<end]
        if mark == "«" {
            while let first = content.first, first.isSheetBlank { content.removeFirst() }
            while let last = content.last, last.isSheetBlank { content.removeLast() }
        }
        write("\"")
        for scalar in content {
            if scalar == "\"" || scalar == "\\" { write("\\") }
            result.append(scalar)
        }
        write("\"")
        place = end + 1
        return true
    }

    /// What begins here and looks like a day, whatever the order of its parts: three numbers with
    /// strokes and no blanks between, or with points as days have them. Of numbers it would be
    /// arithmetic that nobody means: 2026-01-01 is 2024.
    var likeADay: String? {
        if let parts = dayParts { return parts.text }
        var count = 0
        var marks: [Unicode.Scalar] = []
        while let character = next(count) {
            if "/-".unicodeScalars.contains(character), count > 0, next(count + 1)?.isDigit == true
            {
                marks.append(character)
            } else if !character.isDigit {
                break
            }
            count += 1
        }
        guard marks.count == 2, marks[0] == marks[1] else { return nil }
        return String(String.UnicodeScalarView(scalars[place..<place + count]))
    }

    /// A day that begins here: three numbers with marks between.
    var dayParts: (text: String, numbers: [Int], isYearFirst: Bool)? {
        var texts = [""]
        var mark: Unicode.Scalar?
        var count = 0
        while let character = next(count), texts.count <= 3 {
            if character.isDigit {
                texts[texts.count - 1].unicodeScalars.append(character)
            } else if "/.-".unicodeScalars.contains(character), mark ?? character == character,
                texts.count < 3, next(count + 1)?.isDigit == true
            {
                mark = character
                texts.append("")
            } else {
                break
            }
            count += 1
        }
        let lengths = texts.map(\.utf8.count)
        let isYearFirst = lengths == [4, 2, 2] && mark == "-"
        guard texts.count == 3, isYearFirst || lengths[0] <= 2 && lengths[1] <= 2 && lengths[2] == 4
        else { return nil }
        let whole = String(String.UnicodeScalarView(scalars[place..<place + count]))
        return (whole, texts.map { Int($0) ?? 0 }, isYearFirst)
    }
}

extension Unicode.Scalar {
    /// Whether it is one of 0 to 9.
    var isDigit: Bool { self >= "0" && self <= "9" }

    /// A blank that may stand between thousands.
    var isSheetBlank: Bool {
        self == " " || self == "\u{A0}" || self == "\u{2009}" || self == "\u{202F}"
    }
}

// SPDX-License-Identifier: Apache-2.0

// Texts that cells of a workbook share, and which formats show days.

internal import VigieLimits

/// Takes the shared texts of a workbook: parts of other letters are one text, and how a text is
/// pronounced is none of it.
final class TextsHandler: XMLHandler {
    private(set) var texts: [String] = []
    private var text: [UInt8] = []
    private var open: [String] = []

    func start(_ tag: XMLTag) throws(DocumentError) {
        open.append(tag.name.local)
        guard tag.name.local == "si" else { return }
        text = []
        guard texts.count < WorkbookLimits.cells else {
            throw DocumentError(
                .unsupported,
                line: tag.line,
                "there are more than \(WorkbookLimits.cells) texts"
            )
        }
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) {
        if open.last == "t", !open.contains("rPh") { text += bytes }
    }

    func end() {
        if open.popLast() == "si" { texts.append(sheetText(text)) }
    }
}

/// Takes the formats of cells.
final class FormatsHandler: XMLHandler {
    /// Whether the format of a number, by its place, shows a day.
    private(set) var isDay: [Bool] = []
    private var ownDays: Set<Int> = []
    private var open: [String] = []

    func start(_ tag: XMLTag) {
        open.append(tag.name.local)
        if tag.name.local == "numFmt", let id = tag["numFmtId"].flatMap({ Int($0) }),
            Self.showsDay(tag["formatCode"] ?? "")
        {
            ownDays.insert(id)
        }
        if tag.name.local == "xf", open.contains("cellXfs"), isDay.count < WorkbookLimits.cells {
            let id = tag["numFmtId"].flatMap { Int($0) } ?? 0
            isDay.append((14...22).contains(id) || (45...47).contains(id) || ownDays.contains(id))
        }
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) {}
    func end() { _ = open.popLast() }

    /// Whether a format has letters of days or times, which do not stand in quotes or brackets.
    private static func showsDay(_ format: String) -> Bool {
        var closing: Character?
        var isEscaped = false
        for character in format {
            if isEscaped { isEscaped = false; continue }
            if let end = closing {
                if character == end { closing = nil }
                continue
            }
            switch character {
            case "\\", "_", "*": isEscaped = true
            case "\"": closing = "\""
            case "[": closing = "]"
            case "d", "D", "m", "M", "y", "Y", "h", "H": return true
            default: break
            }
        }
        return false
    }
}

/// A text of a workbook, in which `_x000D_` stands for a character.
func sheetText(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.contains(0x5F) else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var place = 0
    while place < scalars.count {
        if scalars[place] == "_", place + 6 < scalars.count, scalars[place + 1] == "x",
            scalars[place + 6] == "_",
            let code = UInt32(
                String(String.UnicodeScalarView(scalars[place + 2..<place + 6])),
                radix: 16
            ),
            let scalar = UnicodeScalar(code)
        {
            result.append(scalar)
            place += 7
        } else {
            result.append(scalars[place])
            place += 1
        }
    }
    return String(result)
}

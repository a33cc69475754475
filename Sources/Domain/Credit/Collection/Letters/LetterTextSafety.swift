// SPDX-License-Identifier: Apache-2.0

// Foreign text in letters: names and numbers of invoices come from papers of others. In a letter
// they are one line each, in HTML they are text and no marks, in a spreadsheet no formula.

/// Text made safe for where it stands.
enum LetterTextSafety {
    /// A text without what ends a line or turns the direction of writing.
    static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x202A...0x202E, 0x2066...0x2069: continue
            default: break
            }
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
            default: line.append(scalar)
            }
        }
        return String(line)
    }

    /// A text as HTML has it.
    static func html(_ text: String) -> String {
        var safe = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default: safe.unicodeScalars.append(character)
            }
        }
        return safe
    }

    /// A cell of delimited text that somebody else wrote: no formula, whatever it begins with.
    static func foreignCell(_ text: String, _ delimiter: Character) -> String {
        let text = line(text)
        // Spreadsheets take what begins so for something to compute.
        let isFormula = text.first.map { "=+-@".contains($0) } ?? false
        return cell(isFormula ? "'" + text : text, delimiter)
    }

    /// A cell of delimited text (RFC 4180).
    static func cell(_ text: String, _ delimiter: Character) -> String {
        guard text.contains(where: { $0 == delimiter || $0 == "\"" || $0.isNewline }) else {
            return text
        }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}

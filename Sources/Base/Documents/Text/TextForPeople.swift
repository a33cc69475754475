// SPDX-License-Identifier: Apache-2.0

// Foreign text in messages: short, and unable to command a terminal.

internal import VigieLimits

/// A value shortened for messages, with control characters escaped.
package func shortened(_ value: String) -> String {
    let limit = InputLimits.quotedValueCharactersMaximum
    guard value.unicodeScalars.count > limit else { return escaped(value) }
    return escaped(String(String.UnicodeScalarView(value.unicodeScalars.prefix(limit)))) + "…"
}

/// A name in quotation marks, shortened for messages, with control characters escaped.
package func quoted(_ name: String) -> String { "\"\(shortened(name))\"" }

/// A text whose control and formatting characters are escaped, so that it cannot command a
/// terminal, or turn the direction of what stands beside it.
package func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        if isHarmless(scalar) {
            result.unicodeScalars.append(scalar)
        } else {
            result += "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
    return result
}

extension String {
    /// A sentence without what ends it, to be put into another one.
    package var withoutFullStop: String {
        var words = self
        while words.last == "." { words.removeLast() }
        return words
    }
}

/// A text of several lines in one: cells of workbooks may have such.
package func inOneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " / ")
}

/// Whether a character only shows itself. Joiners belong to words and emoji of many languages.
private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    case .format: scalar.value == 0x200C || scalar.value == 0x200D
    default: true
    }
}

/// Names in quotation marks, parted by commas; of many only the first.
package func listed(_ names: some Collection<String>) -> String {
    let limit = InputLimits.namedColumnsMaximum
    let shown = names.prefix(limit).map { "'\(shortened($0))'" }.joined(separator: ", ")
    return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}

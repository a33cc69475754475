// SPDX-License-Identifier: Apache-2.0

// The languages of the texts that come from a model.

package import VigieClient

/// A language of a model's texts.
package enum Language: String, CaseIterable, Sendable {
    /// English.
    case en
    /// French.
    case fr

    /// The text in this language; in the other where this one is empty.
    package func text(_ text: LocalizedText) -> String {
        switch self {
        case .en: text.english.isEmpty ? text.french : text.english
        case .fr: text.french.isEmpty ? text.english : text.french
        }
    }

    /// A text that holds a number, with the decimal mark of this language.
    package func marked(_ text: String) -> String {
        self == .fr ? String(text.map { $0 == "." ? "," : $0 }) : text
    }

    /// A number with a fixed number of decimals and the mark of this language; zero has no sign.
    package func number(_ value: Double, _ count: Int) -> String {
        let text = marked(decimals(value, count))
        let isZero = text.allSatisfy { "-0.,".contains($0) }
        return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
    }
}

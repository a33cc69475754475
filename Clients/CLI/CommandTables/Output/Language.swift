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
}

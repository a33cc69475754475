// SPDX-License-Identifier: Apache-2.0

// What kind of company a user says that a company is: by what segments of a portfolio are made.

package import Quantities
internal import VigieLimits

/// What kind of company it is. Nil is not told, and stays what it was; empty takes it away.
package struct CompanyTraits: Sendable, Hashable {
    /// Its sector, as `sector(_:)` writes it.
    package var sector: String?
    /// Its legal form, in the user's words or the directory's number.
    package var legalForm: String?
    /// When it was founded, as YYYY-MM-DD.
    package var foundedOn: String?
    /// Words that the user puts to it, as `tags(_:)` writes them.
    package var tags: [String]?

    /// Nothing is told.
    package init() {}

    /// A sector in the one way in which it is kept: 43.32a and 4332A are the same. Nil for what is
    /// none.
    package static func sector(_ text: String) -> String? {
        let kept = text.uppercased().unicodeScalars.filter {
            $0 != "." && !$0.properties.isWhitespace
        }
        let sector = String(String.UnicodeScalarView(kept))
        return isText(sector, SegmentLimits.sectorBytes) ? sector : nil
    }

    /// A legal form; nil for what is none.
    package static func legalForm(_ text: String) -> String? {
        isText(text, SegmentLimits.legalFormBytes) ? text : nil
    }

    /// A day, or an empty text; nil for what is neither.
    package static func foundedOn(_ text: String) -> String? {
        text.isEmpty ? text : CalendarDate(text)?.description
    }

    /// Words in their order, each once; nil where one has blanks or marks between words in it, or
    /// is too long, or where there are too many.
    package static func tags(_ words: [String]) -> [String]? {
        let kept = Set(words.filter { !$0.isEmpty }).sorted()
        let isRight = kept.allSatisfy { word in
            isText(word, SegmentLimits.tagBytes) && !word.unicodeScalars.contains(where: parts)
        }
        return isRight && kept.count <= SegmentLimits.companyTags ? kept : nil
    }

    /// The words of a cell: blanks, commas, semicolons and bars part them.
    package static func words(of text: String) -> [String] {
        text.unicodeScalars.split(whereSeparator: parts).map { String($0) }
    }

    /// A day, if one is told.
    package var foundingDay: CalendarDate? { foundedOn.flatMap { CalendarDate($0) } }

    private static func parts(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "," || scalar == ";" || scalar == "|"
    }

    private static func isText(_ text: String, _ bytesMax: Int) -> Bool {
        text.utf8.count <= bytesMax
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}

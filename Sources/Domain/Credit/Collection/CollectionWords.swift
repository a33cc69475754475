// SPDX-License-Identifier: Apache-2.0

// How collection is told: a table in French and English.

internal import CCreditData
internal import CreditFacts
internal import Documents
internal import PaymentTerms

/// Words of collection.
enum CollectionWords {
    private static let all: [String: LetterText] = Dictionary(
        FactTable.rows(vigie_collection_words).filter { $0.count == 3 }.map {
            ($0[0], LetterText(french: $0[1], english: $0[2]))
        },
        uniquingKeysWith: { first, _ in first }
    )

    /// The words of a code, with values in the places of their names; the code where the table
    /// lacks it.
    static func text(
        _ code: String,
        _ values: [String: String],
        _ language: LetterLanguage
    ) -> String {
        all[code]?[language].filled(values) ?? code
    }

    /// Half-years as people write them; those that follow each other as from and to.
    static func halfYears(_ halves: [HalfYear], _ language: LetterLanguage) -> String {
        var runs: [(first: HalfYear, last: HalfYear)] = []
        for half in halves {
            if let last = runs.indices.last, runs[last].last.next == half {
                runs[last].last = half
            } else {
                runs.append((half, half))
            }
        }
        return runs.map { run in
            let ends = run.first == run.last ? [run.first] : [run.first, run.last]
            return ends.map { half in
                text("half_year_\(half.half)", ["year": "\(half.year)"], language)
            }.joined(separator: " – ")
        }.joined(separator: ", ")
    }
}

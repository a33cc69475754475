// SPDX-License-Identifier: Apache-2.0

// What kind of company a line is of: sector, legal form, day of foundation, tags. A column that is
// there tells it, also where its cell is empty; one that is not there leaves what was known.

internal import Documents
internal import Portfolios
internal import VigieLimits

extension PortfolioFileReader {
    /// What kind of company the current line is of.
    func readTraits(_ cells: [CSVRecordReader.Cell]) -> CompanyTraits {
        var traits = CompanyTraits()
        let places = columns.traits
        if let place = places.sector {
            traits.sector = readTrait(place, cells, .notSector, CompanyTraits.sector) {
                ("is no code of a sector", "write one such as 43.32A")
            }
        }
        if let place = places.legalForm {
            traits.legalForm = readTrait(place, cells, .notText, CompanyTraits.legalForm) {
                (
                    "is too long or has a control character",
                    "write at most \(SegmentLimits.legalFormBytes) bytes"
                )
            }
        }
        if let place = places.foundedOn {
            traits.foundedOn = readTrait(place, cells, .notDate, CompanyTraits.foundedOn) {
                ("is no day", "write it as 2011-03-31")
            }
        }
        if let place = places.tags { traits.tags = readTags(place, cells) }
        return traits
    }

    private func readTrait(
        _ place: Int,
        _ cells: [CSVRecordReader.Cell],
        _ code: PortfolioFileProblem.Code,
        _ read: (String) -> String?,
        _ words: () -> (message: String, advice: String)
    ) -> String {
        withCell(place, cells) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            // What the directory writes for what it does not give away.
            if bytes.isEmpty || text == "[ND]" { return "" }
            if let found = read(text) { return found }
            note(code, columns.headings[place], bytes, words)
            return ""
        }
    }

    private func readTags(_ place: Int, _ cells: [CSVRecordReader.Cell]) -> [String] {
        withCell(place, cells) { bytes in
            let words = CompanyTraits.words(of: String(decoding: bytes, as: UTF8.self))
            if let found = CompanyTraits.tags(words) { return found }
            note(.notTags, columns.headings[place], bytes) {
                (
                    "are too many words, or words that are too long",
                    "write at most \(SegmentLimits.companyTags) of at most "
                        + "\(SegmentLimits.tagBytes) bytes each"
                )
            }
            return []
        }
    }
}

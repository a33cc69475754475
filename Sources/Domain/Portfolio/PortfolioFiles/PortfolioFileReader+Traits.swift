// SPDX-License-Identifier: Apache-2.0

// What kind of company a line is of: sector, legal form, day of foundation, tags. A column that is
// there tells it, also where its cell is empty; one that is not there leaves what was known. Files
// have such columns for purposes of their own: what cannot be read of them refuses no company, but
// is counted, and said at the end.

internal import Documents
internal import Portfolios
internal import VigieLimits

extension PortfolioFileReader {
    /// What kind of company the current line is of.
    func readTraits(_ cells: [CSVRecordReader.Cell]) -> CompanyTraits {
        var traits = CompanyTraits()
        let places = columns.traits
        traits.sector = readTrait(.sector, places.sector, cells, CompanyTraits.sector)
        traits.legalForm = readTrait(.legalForm, places.legalForm, cells, CompanyTraits.legalForm)
        traits.foundedOn = readTrait(.foundedOn, places.foundedOn, cells, CompanyTraits.foundedOn)
        traits.tags = readTrait(.tags, places.tags, cells) { text in
            CompanyTraits.tags(CompanyTraits.words(of: text))
        }
        return traits
    }

    /// A value of a column; nil where there is no such column, or its value cannot be read.
    private func readTrait<Value>(
        _ field: PortfolioField,
        _ place: Int?,
        _ cells: [CSVRecordReader.Cell],
        _ read: (String) -> Value?
    ) -> Value? {
        guard let place else { return nil }
        return withCell(place, cells) { bytes in
            var text = String(decoding: bytes, as: UTF8.self)
            // What the directory writes for what it does not give away.
            if text == "[ND]" { text = "" }
            let found = read(text)
            if found == nil { unreadTraits[field, default: 0] += 1 }
            return found
        }
    }

    /// What is said of values that could not be read.
    var notesOfTraits: [String] {
        PortfolioField.allCases.compactMap { field in
            guard let count = unreadTraits[field] else { return nil }
            let form =
                switch field {
                case .sector: "codes such as 43.32A"
                case .foundedOn: "days such as 2011-03-31"
                case .tags:
                    "at most \(SegmentLimits.companyTags) words of \(SegmentLimits.tagBytes) bytes"
                default: "words of at most \(SegmentLimits.legalFormBytes) bytes"
                }
            return "\(field.words): values left out since they are no \(form): \(count)"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

// Who the company of a line is.

internal import Documents
internal import Portfolios
internal import Quantities

extension PortfolioFileReader {
    /// The identity of the current line, if no line before names it; nil with a problem.
    func readIdentity(_ cells: [CSVRecordReader.Cell]) -> CompanyIdentity? {
        for (field, place) in columns.identifiers {
            let found: CompanyIdentity?? = withCell(place, cells) { bytes in
                if bytes.isEmpty { return nil }
                guard let identity = identity(field, place, bytes) else { return .some(nil) }
                return isNew(identity, place, bytes) ? identity : .some(nil)
            }
            if let found { return found }
        }
        note(.noIdentifier, "", lineStart) {
            let names = columns.identifiers.map { columns.headings[$0.place] }
            return ("does not say which company it is of", "fill in one of \(listed(names))")
        }
        return nil
    }

    private func identity(
        _ field: PortfolioField,
        _ place: Int,
        _ bytes: UnsafeRawBufferPointer
    ) -> CompanyIdentity? {
        if field == .siren || field == .siret {
            if let siren = SIREN(digits: bytes) { return .siren(siren) }
            return siren(place, bytes).map { .siren($0) }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(IdentityError) {
            return try CompanyIdentity(kind: field == .lei ? "lei" : "own", text: text)
        } catch {
            note(field == .lei ? .notLEI : .notIdentifier, columns.headings[place], bytes) {
                ("is none: \(error.message)", "look it up, or leave the cell empty")
            }
            return nil
        }
    }

    /// The SIREN of a cell that is not nine digits alone.
    private func siren(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> SIREN? {
        switch SIRENCell(String(decoding: bytes, as: UTF8.self)) {
        case .siren(let siren): return siren
        case .siret(let siren):
            siretCount += 1
            return siren
        case .wrong(let code, let message, let advice):
            note(code, columns.headings[place], bytes) { (message, advice) }
            return nil
        }
    }

    /// A company counts as named by a line whatever else is wrong with that.
    private func isNew(
        _ identity: CompanyIdentity,
        _ place: Int,
        _ bytes: UnsafeRawBufferPointer
    ) -> Bool {
        let key = seen.key(of: identity)
        if seen.insert(key, line: table.line) { return true }
        note(.repeated, columns.headings[place], bytes) {
            ("names a company a second time", "leave one line of the company")
        }
        problems.markLast(key)
        return false
    }
}

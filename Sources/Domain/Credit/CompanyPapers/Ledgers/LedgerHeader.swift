// SPDX-License-Identifier: Apache-2.0

// Finds the header of an export among title lines, what separates its cells, and the profile that
// knows its columns.

internal import Documents
internal import VigieLimits

/// Where the columns of an export are.
struct LedgerHeader {
    /// The profile that knows them.
    let profile: LedgerProfile
    /// What separates cells.
    let delimiter: UInt8
    /// The line of the header, from 1.
    let line: Int
    /// Its names, made plain.
    let names: [String]
    /// The place of each field; nil where no column has it.
    let places: [Int?]

    /// The place of a field; nil where no column has it.
    subscript(field: LedgerField) -> Int? { places[field.rawValue] }

    private static let delimiters: [UInt8] = [0x09, 0x3B, 0x2C, 0x7C]

    /// Looks for the header in the first lines of a file.
    ///
    /// - Throws: That no profile knows it, with what the nearest one lacks.
    init(_ buffer: InputBuffer, profiles: [LedgerProfile]) throws(InputError) {
        while buffer.unread.count < InputLimits.sampleBytes, try buffer.refill(line: 1) {}
        guard !buffer.unread.isEmpty else {
            throw InputError(.content, "\(buffer.source.name) is empty")
        }
        let sample = Array(buffer.unread.prefix(InputLimits.sampleBytes))
        var nearest: (count: Int, profile: LedgerProfile, missing: [String])?
        for delimiter in Self.delimiters {
            let source = ByteSource(name: "", totalBytes: nil) { _ throws(InputError) in 0 }
            var records = CSVRecordReader(
                InputBuffer(source.following(sample)),
                delimiter: delimiter
            )
            var count = 0
            while count < InputLimits.sampleRowsMaximum, (try? records.next()) == true {
                count += 1
                // A line of one cell is a title, and no header has as many as that.
                guard records.cells.count > 2, records.cells.count <= InputLimits.columnsMaximum
                else { continue }
                let names = Self.names(records)
                let byName = Dictionary(
                    zip(names, names.indices),
                    uniquingKeysWith: { first, _ in first }
                )
                for profile in profiles {
                    let places = Self.places(byName, profile)
                    let missing = Self.missing(places, profile)
                    if missing.isEmpty {
                        self.init(
                            profile: profile,
                            delimiter: delimiter,
                            line: records.line,
                            names: names,
                            places: places
                        )
                        return
                    }
                    let found = places.count { $0 != nil }
                    if found > nearest?.count ?? 1 { nearest = (found, profile, missing) }
                }
            }
        }
        throw Self.unknown(buffer.source.name, nearest)
    }

    private init(
        profile: LedgerProfile,
        delimiter: UInt8,
        line: Int,
        names: [String],
        places: [Int?]
    ) {
        self.profile = profile
        self.delimiter = delimiter
        self.line = line
        self.names = names
        self.places = places
    }

    /// The names of a record, made plain.
    static func names(_ records: CSVRecordReader) -> [String] {
        records.cells.map { cell in
            // tidy: limit: longer than any name of a column
            guard cell.end - cell.start <= 200 else { return "" }
            return LedgerProfile.plain(WesternText.decoded(records.bytes(cell)))
        }
    }

    private static func places(_ names: [String: Int], _ profile: LedgerProfile) -> [Int?] {
        profile.columns.map { known in
            for name in known {
                if let place = names[name] { return place }
            }
            return nil
        }
    }

    private static func missing(_ places: [Int?], _ profile: LedgerProfile) -> [String] {
        var missing: [String] = []
        for fields in profile.requires where !fields.contains(where: { places[$0.rawValue] != nil })
        {
            missing.append(fields.map { LedgerField.names[$0.rawValue] }.joined(separator: " or "))
        }
        return missing
    }

    private static func unknown(
        _ name: String,
        _ nearest: (count: Int, profile: LedgerProfile, missing: [String])?
    ) -> InputError {
        let hint = "say in a profile which columns mean what"
        guard let nearest else {
            return InputError(
                .content,
                "\(name): no profile of ledgers knows its columns",
                hint: hint
            )
        }
        return InputError(
            .content,
            "\(name) is nearest to the profile \(nearest.profile.name), and has no column for "
                + nearest.missing.joined(separator: ", "),
            hint: hint
        )
    }
}

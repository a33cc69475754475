// SPDX-License-Identifier: Apache-2.0

// Companies out of JSON: the directory's API (uniteLegale with periods), the state's search
// (recherche-entreprises), and formalities of the register of businesses (RNE). What a record is,
// its own fields tell. Turnover that the search shows may be that of the group: it is never read.

package import CreditFacts
package import Documents
package import Quantities

/// Companies of registers.
package struct RegisterRecords: Sendable {
    /// One entry for each company and register, in the order in which they were met.
    package private(set) var entries: [RegisterEntry] = []
    /// What was noticed.
    package private(set) var findings: Findings
    /// Records that were read, and those set aside.
    package private(set) var counts = RecordCounts()
    private var places: [Key: Int] = [:]
    private let paper: Int32

    private struct Key: Hashable {
        var siren: SIREN
        var register: RegisterEntry.Register
    }

    /// Reads a file.
    ///
    /// - Parameter wants: Whether a company is wanted: stocks have millions of others.
    /// - Throws: That there is no company in it.
    package init(
        _ buffer: InputBuffer,
        paper: Int32,
        findingsPerCodeMax: Int,
        wants: (SIREN) -> Bool = { _ in true }
    ) throws(InputError) {
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        self.paper = paper
        var records = JSONRecords(buffer)
        while try records.next() {
            let source = PaperReference(paper: paper, line: Int32(clamping: records.line))
            guard records.isComplete,
                let document = try? DocumentValue(
                    json: records.record,
                    depthLimit: DocumentDepth.notices
                )
            else {
                counts.read += 1
                setAside(.brokenRecord, source, "", [])
                continue
            }
            for record in Self.unwrapped(document) {
                counts.read += 1
                add(record, source, wants)
            }
        }
        guard counts.kept > 0 else {
            throw InputError(
                .content,
                "\(buffer.source.name) has no company of a register",
                hint: "of \(counts.read) records \(counts.setAside) were set aside"
            )
        }
    }

    /// The records of an answer.
    private static func unwrapped(_ document: DocumentValue) -> [DocumentValue] {
        for key in ["results", "unitesLegales"] {
            if let list = document.nested(key)?.elements { return list }
        }
        return [document.nested("uniteLegale") ?? document]
    }

    private mutating func add(
        _ record: DocumentValue,
        _ source: PaperReference,
        _ wants: (SIREN) -> Bool
    ) {
        let formality = record.nested("formality")
        let text = record.text(of: "siren") ?? formality?.text(of: "siren") ?? ""
        guard let siren = try? SIREN(text) else {
            return setAside(.badIdentifier, source, "siren", [text])
        }
        guard wants(siren) else {
            counts.leftOut += 1
            return
        }
        var entry = RegisterEntry(siren: siren, source: source)
        let state: String
        if let formality {
            state = readFormality(formality, record, &entry)
        } else if record.text(of: "etat_administratif") != nil {
            state = readSearch(record, &entry)
        } else {
            state = readUnit(record, &entry)
        }
        switch state {
        case "A": entry.isActive = true
        case "C": entry.isActive = false
        // The register of businesses may be silent; the directory is not.
        case "" where formality != nil: break
        default: return setAside(.badState, source, "etatAdministratif", [state])
        }
        merge(entry)
    }

    /// The newer record counts. What it does not have stays from the older one.
    private mutating func merge(_ entry: RegisterEntry) {
        let key = Key(siren: entry.siren, register: entry.register)
        guard let place = places[key] else {
            places[key] = entries.count
            entries.append(entry)
            return
        }
        let held = entries[place]
        let isNewer =
            RegisterTime.seconds(entry.updatedAt) ?? .min
            >= RegisterTime.seconds(held.updatedAt) ?? .min
        var (newer, older) = isNewer ? (entry, held) : (held, entry)
        // Who is registered again after it was struck off is not struck off any more.
        if newer.isActive == true, let registered = newer.registered, let gone = older.struckOff,
            registered > gone
        {
            (older.struckOff, older.ceased) = (nil, nil)
        }
        newer.fill(from: older)
        entries[place] = newer
        findings.add(
            Finding(
                .recordReplaced,
                at: older.source,
                field: "updatedAt",
                [entry.siren.description, older.updatedAt ?? "", newer.updatedAt ?? ""]
            )
        )
    }

    /// A date; one that is none is noted and left out.
    mutating func date(
        _ record: DocumentValue?,
        _ field: String,
        _ source: PaperReference
    ) -> CalendarDate? {
        guard let text = record?.text(of: field), text != "[ND]" else { return nil }
        // A time may follow.
        if let date = CalendarDate(String(text.prefix(10))) { return date }
        findings.add(Finding(.badDate, at: source, field: field, [text]))
        return nil
    }

    private mutating func setAside(
        _ code: FindingCode,
        _ source: PaperReference,
        _ field: String,
        _ values: [String]
    ) {
        counts.setAside += 1
        findings.add(Finding(code, at: source, field: field, values))
    }
}

/// Times of records, to tell which is newer.
package enum RegisterTime {
    /// Seconds since 1970 of "2025-06-01T10:00:00+02:00", with or without the parts behind the
    /// date; nil for what is no time.
    package static func seconds(_ text: String?) -> Int64? {
        guard let text, let date = CalendarDate(String(text.prefix(10))) else { return nil }
        let rest = Array(text.utf8.dropFirst(11))
        let two = { (place: Int) -> Int64 in
            guard place + 1 < rest.count, (0x30...0x39).contains(rest[place]),
                (0x30...0x39).contains(rest[place + 1])
            else { return 0 }
            return Int64(rest[place] - 0x30) * 10 + Int64(rest[place + 1] - 0x30)
        }
        var seconds = Int64(date.dayNumber) * 86_400 + two(0) * 3_600 + two(3) * 60 + two(6)
        let signs = [UInt8(ascii: "+"), UInt8(ascii: "-")]
        if let sign = rest.lastIndex(where: signs.contains), sign >= 5 {
            let offset = two(sign + 1) * 3_600 + two(sign + 4) * 60
            seconds += rest[sign] == UInt8(ascii: "-") ? offset : -offset
        }
        return seconds
    }
}

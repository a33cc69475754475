// SPDX-License-Identifier: Apache-2.0

// Notices as the open data portal has them (annonces-commerciales): in JSON, an answer of any of
// its interfaces, a list of records or a record a line; in tables, a record a row. Parts of a
// record are JSON themselves, written as text.

internal import CreditFacts
package import Documents

/// Notices in the records of the open data portal.
package enum NoticeRecords {
    /// Reads a JSON file.
    ///
    /// - Throws: What is wrong with the file as JSON, or that no notice of it could be read; an
    ///   answer that says itself that there are none is none.
    package static func events(
        json: [UInt8],
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(DocumentError) -> NoticeEvents {
        var events = NoticeEvents(findingsPerCodeMax: findingsPerCodeMax)
        let place = { (line: Int) in PaperReference(paper: paper, line: Int32(clamping: line)) }
        if let lines = NoticeLines(json) {
            for line in lines {
                do throws(DocumentError) {
                    let record = try DocumentValue(
                        json: line.bytes,
                        depthLimit: DocumentDepth.notices
                    )
                    events.add(notice(record, place(line.number)))
                } catch {
                    events.setAside(place(line.number), [error.description])
                }
            }
        } else {
            let document = try DocumentValue(
                json: NoticeLines.text(json),
                depthLimit: DocumentDepth.notices
            )
            let records = try records(document)
            for (index, record) in records.enumerated() {
                events.add(notice(record, place(index + 1)))
            }
            if records.isEmpty, saysNone(document) {
                events.findings.add(Finding(.noNotices, at: place(0)))
                return events
            }
        }
        try events.checkRead("the file")
        return events
    }

    /// Reads a table.
    ///
    /// - Throws: What is wrong with the file, or that no notice of it could be read.
    package static func events(
        table buffer: InputBuffer,
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(InputError) -> NoticeEvents {
        var events = NoticeEvents(findingsPerCodeMax: findingsPerCodeMax)
        var records = try NamedRecords(
            buffer,
            delimiter: try JournalReader.delimiter(buffer),
            paper: paper,
            findingsPerCodeMax: findingsPerCodeMax
        )
        try records.require(["dateparution"], else: "holds no notices (BODACC)")
        let names = records.names.map { FrenchText.folded($0) }
        while try records.next() {
            var fields = NoticeFields(source: records.reference)
            for (place, name) in names.enumerated() {
                let text = records.text(place) ?? ""
                if let inner = DocumentValue.written(text) {
                    take(inner, [name], &fields)
                } else if !text.isEmpty {
                    fields.take([name], text)
                }
            }
            events.add(fields.finished())
        }
        events.counts.read += records.counts.setAside
        events.counts.setAside += records.counts.setAside
        events.findings.add(records.findings)
        guard events.counts.kept > 0 else {
            throw events.findings.nothing(of: events.counts, in: buffer.source.name)
        }
        return events
    }

    // MARK: JSON

    private static func records(_ document: DocumentValue) throws(DocumentError) -> [DocumentValue]
    {
        if let list = document.elements { return list }
        for name in ["results", "records", "features"] {
            if let list = document.member(name)?.elements { return list }
        }
        if document.member("dateparution") != nil { return [document] }
        return try DocumentNode(value: document).member("results").list().map(\.value)
    }

    /// Whether an answer says that there is nothing.
    private static func saysNone(_ document: DocumentValue) -> Bool {
        ["total_count", "nhits"].contains { document.member($0)?.plainText == "0" }
    }

    private static func notice(_ record: DocumentValue, _ source: PaperReference) -> Notice {
        var record = record
        // Older interfaces of the portal, and maps, wrap a record.
        for name in ["record", "fields", "properties"] {
            if let inner = record.member(name), case .object = inner { record = inner }
        }
        var fields = NoticeFields(source: source)
        take(record, [], &fields)
        return fields.finished()
    }

    /// Gives the fields of a value, with what is JSON written as text unpacked.
    private static func take(
        _ value: DocumentValue,
        _ path: [String],
        _ fields: inout NoticeFields
    ) {
        switch value {
        case .object(let object):
            fields.take(path, "")
            for member in object.members {
                take(member.value, path + [FrenchText.folded(member.key)], &fields)
            }
        case .list, .numbers:
            for element in value.elements ?? [] { take(element, path, &fields) }
        case .text(let text):
            if let inner = DocumentValue.written(text), path.count < DocumentDepth.notices {
                take(inner, path, &fields)
            } else {
                fields.take(path, text)
            }
        case .number: fields.take(path, value.plainText ?? "")
        case .null, .bool: break
        }
    }
}

/// Levels of brackets in papers.
enum DocumentDepth {
    // tidy: limit: how deep such a record is by its nature
    static let notices = 32
}

extension DocumentValue {
    /// A member that is a text or a number; empty for anything else.
    func string(_ key: String) -> String { text(of: key) ?? "" }

    /// A member that is a text or a number; nil for anything else, and for an empty text.
    func text(of key: String) -> String? {
        guard case .object(let object) = self, let text = object[key]?.plainText, !text.isEmpty
        else { return nil }
        return text
    }

    /// A text, or the digits of a number.
    var plainText: String? {
        switch self {
        case .text(let text): text
        case .number(let number): String(decoding: number.bytes, as: UTF8.self)
        default: nil
        }
    }

    /// A member that is an object or a list, or such a one written as text.
    func nested(_ key: String) -> DocumentValue? {
        switch member(key) {
        case .object?, .list?: member(key)
        case .text(let text): Self.written(text)
        default: nil
        }
    }

    /// A member of any kind; nil for none, and for what is no object.
    func member(_ key: String) -> DocumentValue? {
        guard case .object(let object) = self else { return nil }
        return object[key]
    }

    /// An object or a list that is written as text.
    static func written(_ text: String) -> DocumentValue? {
        guard let first = text.utf8.first(where: { $0 > 0x20 }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        let inner = try? DocumentValue(
            json: Array(text.utf8),
            depthLimit: DocumentDepth.notices
        )
        switch inner {
        case .object?, .list?, .numbers?: return inner
        default: return nil
        }
    }
}

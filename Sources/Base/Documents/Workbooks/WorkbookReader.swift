// SPDX-License-Identifier: Apache-2.0

// Reads workbooks of spreadsheets (ECMA-376, .xlsx): the values of all sheets. What a cell shows of
// its value, and the formula that it comes from, is passed over.

internal import VigieLimits

/// A workbook, read.
package struct WorkbookReader {
    /// Its sheets, in their order.
    package let sheets: [Sheet]

    /// Whether a file begins as workbooks do.
    package static func isWorkbook(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 3, 4])
    }

    /// Reads a workbook.
    ///
    /// - Throws: What is wrong with it.
    package init(_ bytes: [UInt8]) throws(InputError) {
        guard let archive = ZipArchive(bytes) else {
            throw InputError(
                .content,
                "it is no workbook, is protected, or was cut off",
                hint: "save it as .xlsx, without a password"
            )
        }
        let root = try Self.relations(archive, of: "")
        let path = root.first { $0.type.hasSuffix("/officeDocument") }?.target ?? "xl/workbook.xml"
        guard let part = try archive.part(path) else {
            throw InputError(.content, "it is no workbook", hint: "save it as .xlsx")
        }
        let book = BookHandler()
        try Self.read(part, book, path)
        guard book.sheets.count <= WorkbookLimits.sheets else {
            throw InputError(.content, "it has more than \(WorkbookLimits.sheets) sheets")
        }
        let relations = try Self.relations(archive, of: path)
        let texts = TextsHandler()
        let formats = FormatsHandler()
        for relation in relations {
            if relation.type.hasSuffix("/sharedStrings"),
                let part = try archive.part(relation.target)
            {
                try Self.read(part, texts, relation.target)
            } else if relation.type.hasSuffix("/styles"),
                let part = try archive.part(relation.target)
            {
                try Self.read(part, formats, relation.target)
            }
        }
        var sheets: [Sheet] = []
        var cellsLeft = WorkbookLimits.cells
        for (name, relation) in book.sheets {
            guard let target = relations.first(where: { $0.id == relation })?.target,
                let part = try archive.part(target)
            else { continue }
            let handler = SheetHandler(
                name,
                texts: texts.texts,
                isDay: formats.isDay,
                daysFrom1904: book.isFrom1904,
                cellsLeft: cellsLeft
            )
            try Self.read(part, handler, target)
            cellsLeft = handler.cellsLeft
            sheets.append(handler.sheet)
        }
        self.sheets = sheets
    }

    private static func read(
        _ part: [UInt8],
        _ handler: any XMLHandler,
        _ name: String
    ) throws(InputError) {
        do throws(DocumentError) {
            let stream = try XMLStream(to: handler)
            let result = part.withUnsafeBytes { bytes -> Result<Void, DocumentError> in
                Result { () throws(DocumentError) in try stream.read(bytes, isLast: true) }
            }
            try result.get()
        } catch {
            throw InputError(.content, "\(name) in it: \(error)", hint: "save the workbook again")
        }
    }

    /// What a part names of others, with full paths.
    private static func relations(
        _ archive: ZipArchive,
        of path: String
    ) throws(InputError) -> [RelationsHandler.Relation] {
        let folders = path.split(separator: "/").dropLast()
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        let place = (folders + ["_rels", "\(file).rels"]).joined(separator: "/")
        guard let part = try archive.part(place) else { return [] }
        let handler = RelationsHandler(folders: folders.map(String.init))
        try read(part, handler, place)
        return handler.relations
    }
}

/// Takes relations between parts.
private final class RelationsHandler: XMLHandler {
    struct Relation {
        let id: String
        let type: String
        let target: String
    }

    private let folders: [String]
    private(set) var relations: [Relation] = []

    init(folders: [String]) { self.folders = folders }

    func start(_ tag: XMLTag) {
        guard tag.name.local == "Relationship", relations.count < WorkbookLimits.parts else {
            return
        }
        relations.append(
            Relation(
                id: tag["Id"] ?? "",
                type: tag["Type"] ?? "",
                target: path(tag["Target"] ?? "")
            )
        )
    }

    /// A target, which is told from the folder of the part on.
    private func path(_ target: String) -> String {
        guard !target.hasPrefix("/") else { return String(target.dropFirst()) }
        var parts = folders
        for part in target.split(separator: "/").map(String.init) where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) {}
    func end() {}
}

/// Takes the names of sheets.
private final class BookHandler: XMLHandler {
    private(set) var sheets: [(name: String, relation: String)] = []
    private(set) var isFrom1904 = false

    func start(_ tag: XMLTag) {
        if tag.name.local == "workbookPr" {
            isFrom1904 = ["1", "true"].contains(tag["date1904"] ?? "")
        }
        guard tag.name.local == "sheet", sheets.count <= WorkbookLimits.sheets else { return }
        sheets.append((tag["name"] ?? "", tag["id"] ?? ""))
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) {}
    func end() {}
}

extension XMLTag {
    /// The value of an attribute, by its name without prefix.
    subscript(name: String) -> String? {
        attributes.first { $0.name.local == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }
}

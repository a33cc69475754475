// SPDX-License-Identifier: Apache-2.0

// The options that say how a table is written, the same for every command that
// reads one.

internal import ArgumentParser
package import CommandFiles
package import Documents
internal import VigieLimits

/// How a table is written.
package struct TableFlags: ParsableArguments {
    /// Decimal marks by name.
    enum Decimal: String, CaseIterable, ExpressibleByArgument {
        case point, comma
    }

    /// Marks of thousands by name.
    enum Thousands: String, CaseIterable, ExpressibleByArgument {
        case space, point, comma, apostrophe

        var mark: NumberStyle.Thousands {
            switch self {
            case .space: .space
            case .point: .point
            case .comma: .comma
            case .apostrophe: .apostrophe
            }
        }
    }

    /// Ways to write a negative number by name.
    enum Negative: String, CaseIterable, ExpressibleByArgument {
        case trailing, brackets, dashes

        var style: NumberStyle.Negatives {
            switch self {
            case .trailing: .trailing
            case .brackets: .brackets
            case .dashes: .dashes
            }
        }
    }

    @Option(
        help: ArgumentHelp(
            "How the file is written, all at once: \(Self.dialectNames).",
            valueName: "name"
        )
    )
    var dialect: String?

    @Option(
        help: ArgumentHelp(
            "Byte between cells, or 'tab'; else the one that fits the header line best.",
            valueName: "character"
        )
    )
    var delimiter: String?

    @Option(help: "Decimal mark of the numbers.")
    var decimal: Decimal?

    @Flag(help: "The same as --decimal comma.")
    var decimalComma = false

    @Option(help: "Mark between thousands; can be given again.")
    var thousands: [Thousands] = []

    @Option(help: "Negative numbers such as 12-, (12) or – 12; can be given again.")
    var negative: [Negative] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Sign or code of a currency beside numbers; can be given again.",
            valueName: "mark"
        )
    )
    var currency: [String] = []

    @Option(help: "What 12% is: the fraction 0.12, or 12 points.")
    var percent: NumberStyle.Percent?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Word for a missing value, beside NA, NaN, N/A, null and none; can be given again.",
            valueName: "word"
        )
    )
    var missing: [String] = []

    @Option(
        help: ArgumentHelp(
            "Encoding of the file (\(Self.encodingNames)); else UTF-8, or by its byte-order mark.",
            valueName: "name"
        )
    )
    var encoding: String?

    @Option(help: ArgumentHelp("Lines above the header line.", valueName: "count"))
    var skipLines = 0

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A column that has another name in the file; can be given again.",
            valueName: "column=input"
        )
    )
    var map: [String] = []

    @Option(help: ArgumentHelp("File of such lines.", valueName: "file"), completion: .file())
    var mapFile: String?

    /// Made by the argument parser.
    package init() {}

    /// Checks what can be checked without a file.
    package func validate() throws {
        do throws(CommandFailure) {
            _ = try tableDialect()
            _ = try mappings()
        } catch {
            throw ValidationError(error.text(program: "").trimmingPrefix(": ") + ".")
        }
    }

    /// What the options say.
    package func tableOptions() throws(CommandFailure) -> TableOptions {
        var options = TableOptions()
        options.dialect = try tableDialect()
        options.mappings = try mappings()
        if let mapFile { options.mappings += try Self.mappings(file: mapFile) }
        return options
    }

    /// The files that the options name.
    package var inputs: [FileIdentity] {
        [mapFile.flatMap { FileIdentity(path: $0) }].compactMap(\.self)
    }

    /// The dialect that was named, with nothing changed.
    package var namedDialect: TableDialect? {
        dialect.flatMap { name in TableDialect.named.first { $0.name == name.lowercased() } }
    }

    /// The dialect of a name.
    package static func dialect(named name: String) throws(CommandFailure) -> TableDialect {
        guard let dialect = TableDialect.named.first(where: { $0.name == name.lowercased() }) else {
            throw CommandFailure(
                .usage,
                "there is no dialect '\(name)'",
                hint: "there are \(dialectNames)"
            )
        }
        return dialect
    }

    /// The names of all dialects.
    package static var dialectNames: String {
        TableDialect.named.map(\.name).joined(separator: ", ")
    }

    private static var encodingNames: String {
        TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private func tableDialect() throws(CommandFailure) -> TableDialect {
        var result = try dialect.map(Self.dialect) ?? TableDialect()
        if let delimiter {
            guard let byte = Self.delimiterByte(delimiter) else {
                throw CommandFailure(.usage, "--delimiter must be one ASCII character or 'tab'")
            }
            result.delimiter = byte
        }
        if let encoding {
            guard let known = TextEncoding(name: encoding) else {
                throw CommandFailure(
                    .usage,
                    "the encoding '\(encoding)' is not known",
                    hint: "there are \(Self.encodingNames); iconv knows more"
                )
            }
            result.encoding = known
        }
        guard (0...InputLimits.skippedLinesMaximum).contains(skipLines) else {
            throw CommandFailure(
                .usage,
                "--skip-lines must be 0 to \(InputLimits.skippedLinesMaximum)"
            )
        }
        result.skippedLines = skipLines
        result.numbers = try numbers(result.numbers)
        if result.delimiter == result.numbers.decimal {
            throw CommandFailure(.usage, "the same mark cannot part cells and be the decimal mark")
        }
        return result
    }

    /// The style of numbers with what the single options change.
    private func numbers(_ style: NumberStyle) throws(CommandFailure) -> NumberStyle {
        var style = style
        if !thousands.isEmpty {
            style.thousands = thousands.reduce(into: []) { $0.insert($1.mark) }
            style.isDeclared = true
            // Whoever parts thousands with points has no decimal point.
            if thousands.contains(.point) { style.decimal = UInt8(ascii: ",") }
            if thousands.contains(.comma) { style.decimal = UInt8(ascii: ".") }
        }
        if decimal != nil || decimalComma {
            if decimal == .point, decimalComma {
                throw CommandFailure(
                    .usage,
                    "--decimal point and --decimal-comma exclude each other"
                )
            }
            style.decimal = UInt8(ascii: decimal == .point ? "." : ",")
            style.isDeclared = true
            if thousands.isEmpty {
                style.thousands.remove(decimal == .point ? .point : .comma)
            }
        }
        let clash: NumberStyle.Thousands = style.decimal == UInt8(ascii: ",") ? .comma : .point
        if style.thousands.contains(clash) {
            throw CommandFailure(.usage, "the decimal mark cannot part thousands too")
        }
        for way in negative { style.negatives.insert(way.style) }
        style.currencies += currency
        style.percent = percent ?? style.percent
        style.missingWords += missing
        return style
    }

    private func mappings() throws(CommandFailure) -> [ColumnMapping] {
        var mappings: [ColumnMapping] = []
        for text in map {
            guard let mapping = ColumnMapping(text) else {
                throw CommandFailure(
                    .usage,
                    "--map '\(text)' maps no column",
                    hint: "write it as --map 'total actif=total_assets'"
                )
            }
            mappings.append(mapping)
        }
        return mappings
    }

    private static func mappings(file: String) throws(CommandFailure) -> [ColumnMapping] {
        let source = try ByteSource.open(path: file)
        do throws(InputError) {
            let bytes = try source.start(count: InputLimits.mapFileBytesMaximum + 1)
            guard bytes.count <= InputLimits.mapFileBytesMaximum else {
                throw InputError(
                    .options,
                    "\(file) has more than \(InputLimits.mapFileBytesMaximum) bytes"
                )
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw InputError(.options, "\(file) is no UTF-8 text", hint: "convert it to UTF-8")
            }
            return try ColumnMapping.lines(text, source: file)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The byte that the delimiter option stands for.
    private static func delimiterByte(_ text: String) -> UInt8? {
        if text == "tab" || text == "\\t" { return UInt8(ascii: "\t") }
        let bytes = Array(text.utf8)
        guard bytes.count == 1, bytes[0] < 0x80, bytes[0] >= 0x20 || bytes[0] == 0x09 else {
            return nil
        }
        return bytes[0] == UInt8(ascii: "\"") ? nil : bytes[0]
    }
}

extension NumberStyle.Percent: ExpressibleByArgument {}

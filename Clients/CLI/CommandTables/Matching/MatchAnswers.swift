// SPDX-License-Identifier: Apache-2.0

// The file of candidates once somebody has filled it in. It has to be about the list that it was
// written for: each row names the line and the name that stands there.

internal import CommandFiles
package import Documents
internal import Quantities
package import VigieClient

/// Reads what somebody chose.
package enum MatchAnswers {
    /// The companies that were chosen, by line of the list.
    ///
    /// - Throws: What is wrong with a row: nothing is guessed.
    package static func read(
        _ source: ByteSource,
        for list: MatchLines,
        dialect: TableDialect
    ) throws -> [Int: CompanyIdentifier] {
        let text = try TextInput(source, encoding: dialect.encoding)
        let table = try TableReader(
            text.buffer,
            inputs: MatchFiles.answerHeadings.map { TableInput(name: $0) }
        )
        let places = try places(table)
        let names = Dictionary(list.lines.map { ($0.line, $0.name) }, uniquingKeysWith: { $1 })
        var answers: [Int: CompanyIdentifier] = [:]
        while try table.next() {
            func cell(_ heading: String) -> String {
                guard let place = places[heading], table.cells.indices.contains(place) else {
                    return ""
                }
                return MatchFiles.unshielded(trimmedBlanks(table.text(table.cells[place])))
            }
            func fault(_ message: String) -> CommandFailure {
                CommandFailure(.badInput, "\(source.name), line \(table.line): \(message)")
            }
            switch cell("take").lowercased() {
            case "", "no", "non", "0": continue
            case "x", "yes", "oui", "1": break
            case let other: throw fault("'\(shortened(other))' is no answer; write x, or nothing")
            }
            guard let line = Int(cell("line")), let name = names[line],
                MatchFiles.unshielded(name) == cell("name")
            else {
                throw fault("it is about a line that the list does not have; was it changed?")
            }
            guard answers[line] == nil else { throw fault("two companies are taken for one line") }
            do {
                answers[line] = try company(cell)
            } catch {
                throw fault(error.message)
            }
        }
        return answers
    }

    private struct Fault: Error {
        var message: String
    }

    private static func company(
        _ cell: (String) -> String
    ) throws(Fault) -> CompanyIdentifier {
        let (siren, lei, own) = (cell("siren"), cell("lei"), cell("company_id"))
        if !siren.isEmpty {
            do throws(IdentifierError) {
                return .siren(try SIREN(siren).description)
            } catch { throw Fault(message: "'\(shortened(siren))': \(error)") }
        }
        if !lei.isEmpty {
            do throws(IdentifierError) { return .lei(try LEI(lei).description) } catch {
                throw Fault(message: "'\(shortened(lei))': \(error)")
            }
        }
        guard !own.isEmpty else { throw Fault(message: "it is taken, and names no company") }
        return .own(own)
    }

    private static func places(_ table: TableReader) throws(CommandFailure) -> [String: Int] {
        var places: [String: Int] = [:]
        for (place, heading) in table.header.enumerated() { places[heading] = place }
        let missing = ["take", "line", "name", "siren"].filter { places[$0] == nil }
        guard missing.isEmpty else {
            throw CommandFailure(
                .badInput,
                "\(table.sourceName) lacks the columns " + missing.joined(separator: ", "),
                hint: "fill in the file that --review wrote"
            )
        }
        return places
    }
}

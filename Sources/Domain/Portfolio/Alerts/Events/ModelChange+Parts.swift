// SPDX-License-Identifier: Apache-2.0

// What another model did to a block of companies, as it is kept until the run has ended: all
// counts, so that blocks can be added up.

internal import Documents
internal import VigieLimits

extension ModelChange {
    private static let format = "vigie-model-change-part/1"

    /// Whether no company was compared, and nothing happened.
    package var isEmpty: Bool { companies + lost + gained + opened + closed == 0 }

    /// All counts as a document.
    package var part: String {
        func counted(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .digits("\($0)") }) }
        let moves = moves.sorted { $0.key < $1.key }.map { counted([$0.key, $0.value]) }
        let classes = classMoves.sorted { $0.key < $1.key }
            .map { counted([$0.key.from, $0.key.to, $0.value]) }
        return JSONValue.object([
            "format": .string(Self.format),
            "counts": counted([companies, lost, gained, opened, closed]),
            "moves": .array(moves), "classes": .array(classes),
        ]).line
    }

    /// Reads what was kept; nil if it is no such document.
    package init?(part: String) {
        let most = AlertLimits.modelMoves
        guard let value = try? DocumentValue(json: Array(part.utf8), depthLimit: 4) else {
            return nil
        }
        let problems = ProblemList(file: "")
        let object = DocumentReader(value, problems)
            .object(keys: ["format", "counts", "moves", "classes"])
        func numbers(_ reader: DocumentReader, _ count: Int) -> [Int] {
            let found = reader.array(limit: count).map {
                $0.integer(Int(Int32.min)...Int(Int32.max))
            }
            if found.count != count { problems.add(reader.path, "has too few numbers.") }
            return found.count == count ? found : Array(repeating: 0, count: count)
        }
        self.init()
        guard object.required("format")?.string() == Self.format,
            let counts = object.required("counts").map({ numbers($0, 5) }),
            let moves = object.required("moves")?.array(limit: most),
            let classes = object.required("classes")?.array(limit: most)
        else { return nil }
        (companies, lost, gained) = (counts[0], counts[1], counts[2])
        (opened, closed) = (counts[3], counts[4])
        for move in moves.map({ numbers($0, 2) }) { self.moves[move[0], default: 0] += move[1] }
        for move in classes.map({ numbers($0, 3) }) {
            classMoves[ClassMove(from: move[0], to: move[1]), default: 0] += move[2]
        }
        guard problems.problems.isEmpty else { return nil }
    }
}

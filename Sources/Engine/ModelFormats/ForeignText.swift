// SPDX-License-Identifier: Apache-2.0

// Texts that are no model file we read: dumps, configurations, tables, pages.

extension ForeignFile {
    /// What a text is, by what its first part holds.
    static func text(_ start: ArraySlice<UInt8>) -> String? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = (start.starts(with: mark) ? start.dropFirst(3) : start).drop {
            $0 == 0x20 || (0x09...0x0D).contains($0)
        }
        switch text.first {
        case nil: return "the file is blank"
        case UInt8(ascii: "["): return list(text)
        case UInt8(ascii: "{"): return object(text)
        case UInt8(ascii: "<"): return markup(text)
        default: return plain(text)
        }
    }

    private static func list(_ text: ArraySlice<UInt8>) -> String {
        text.containsText("\"nodeid\"")
            ? "a JSON dump of XGBoost (dump_model), which has no objective and no base score: save "
                + "the model with Booster.save_model(\"model.json\")"
            : "a JSON list, which no model file is"
    }

    private static func object(_ text: ArraySlice<UInt8>) -> String? {
        // The objects that we read name their learner first, or among the first few members.
        let kinds: [(marks: [String], words: String)] = [
            (
                ["\"num_tree_per_iteration\"", "\"feature_names\""],
                "a JSON dump of LightGBM (dump_model): save the model with "
                    + "Booster.save_model(\"model.txt\")"
            ),
            (
                ["\"oblivious_trees\""],
                "CatBoost's JSON: save_model(\"model.onnx\", format=\"onnx\")"
            ),
            (["\"features_info\""], "CatBoost's JSON: save_model(\"model.onnx\", format=\"onnx\")"),
            (["\"irVersion\""], "ONNX as JSON: save it in its binary form (onnx.save)"),
            (["\"nbformat\""], "a notebook, not a model"),
            (["\"cells\"", "\"cell_type\""], "a notebook, not a model"),
            (["\"children\"", "\"nodeid\""], "a JSON dump of one XGBoost tree, not a model"),
        ]
        guard !text.containsText("\"learner\"") else { return nil }
        return kinds.first { $0.marks.allSatisfy { text.containsText($0) } }?.words
    }

    private static func markup(_ text: ArraySlice<UInt8>) -> String? {
        let start = text.prefix(256).map { $0 | 0x20 }
        let isPage = start.starts(with: "<!doctype html".utf8) || start.starts(with: "<html".utf8)
        return isPage
            ? "a web page, not a model: perhaps the page of a sign-in instead of the download"
            : nil
    }

    private static func plain(_ text: ArraySlice<UInt8>) -> String? {
        let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
        if line.starts(with: "0:[".utf8) || line.starts(with: "0:leaf=".utf8) {
            return "a text dump of XGBoost (dump_model), which rounds its numbers: save the model "
                + "with Booster.save_model(\"model.json\")"
        }
        if line.starts(with: "ir_version:".utf8) || line.containsText("ir_version:") {
            return "ONNX as text: save it in its binary form (onnx.save)"
        }
        if line.starts(with: "Tree=".utf8) || line.starts(with: "version=v".utf8) {
            return "a part of a LightGBM text model: its first line, \"tree\", is missing"
        }
        let starts = ["import ", "from ", "def ", "package ", "public ", "#!", "library("]
        if starts.contains(where: { line.starts(with: $0.utf8) }) {
            return "program code, not a model"
        }
        let isPlain = text.prefix(256).allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) }
        guard isPlain, !line.elementsEqual("tree".utf8) else { return nil }
        let isTable = line.contains { [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].contains($0) }
        if isTable { return "a table (CSV), not a model: rows are given with --input" }
        // An ONNX file has bytes here that no text has.
        return "text of no known kind: LightGBM's models begin with a line \"tree\""
    }
}

extension Collection<UInt8> {
    /// Whether a text is somewhere in the bytes.
    func containsText(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard let first = wanted.first else { return true }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: wanted) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

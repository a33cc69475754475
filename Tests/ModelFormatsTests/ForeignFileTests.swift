// SPDX-License-Identifier: Apache-2.0

// Files that are no model file are told by name; marks and encodings of text are no obstacle.

import Documents
import ModelFormats
import Testing

@Suite("Foreign files")
struct ForeignFileTests {
    static let texts: [(String, String)] = [
        ("", "empty"),
        (" \n\n", "blank"),
        ("[{\"nodeid\": 0, \"depth\": 0}]", "JSON dump of XGBoost"),
        ("  [1, 2]", "a JSON list"),
        (
            "{\"name\":\"tree\",\"num_tree_per_iteration\":1,\"feature_names\":[]}",
            "JSON dump of LightGBM"
        ),
        ("{\"features_info\": {}, \"oblivious_trees\": []}", "CatBoost"),
        ("{\"irVersion\": \"9\", \"graph\": {}}", "ONNX as JSON"),
        ("{\"cells\": [], \"nbformat\": 4}", "a notebook"),
        ("{\"nodeid\": 0, \"children\": []}", "one XGBoost tree"),
        ("booster[0]:\n0:[f0<0.5] yes=1,no=2,missing=1\n", "text dump of XGBoost"),
        ("0:[f0<0.5] yes=1,no=2,missing=1\n\t1:leaf=0.1\n", "text dump of XGBoost"),
        ("digraph {\n  graph [ rankdir=TB ]\n", "Graphviz"),
        ("#include \"gbdt.h\"\n", "convert_model"),
        ("|--- feature_0 <= 0.5\n", "export_text"),
        ("ir_version: 9\ngraph {\n", "ONNX as text"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "git lfs pull"),
        ("<!DOCTYPE html>\n<html>", "a web page"),
        ("<html lang=\"en\">", "a web page"),
        ("import lightgbm\n", "program code"),
        ("x,z,target\n1,2,0\n", "a table (CSV)"),
        ("x;z;target\n1;2;0\n", "a table (CSV)"),
        ("version=v4\nnum_class=1\n", "its first line, \"tree\", is missing"),
        ("just a note about the model\n", "begin with a line \"tree\""),
        ("BZh91AY", "bzip2"), ("Rar!", "RAR"), ("PAR1", "Parquet"), ("CBM1", "CatBoost"),
        ("RDX3\nX\n", "R's own format"), ("%PDF-1.7", "PDF"), ("SQLite format 3\0", "SQLite"),
        ("ARROW1\0\0", "Arrow"),
        (
            "ccopy_reg\n_reconstructor\n(cxgboost.sklearn\nXGBClassifier\n",
            "save_model(\"model.json"
        ),
    ]

    @Test("a text is told by name", arguments: texts)
    func text(text: String, words: String) {
        expect(Array(text.utf8), words)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard text.contains("\""), !text.hasPrefix("#") else { return }
        expect(mark + Array(text.utf8), words)
    }

    @Test("bytes are told by name")
    func bytes() {
        expect([0x1F, 0x8B, 8, 0], "gunzip")
        expect([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], "xz")
        expect([0x28, 0xB5, 0x2F, 0xFD, 0], "Zstandard")
        expect([0x78, 0x9C, 1, 2], "joblib.dump(compress=...)")
        expect([0x80, 4, 0x95] + Array("sklearn.linear_model".utf8), "skl2onnx")
        expect([0x80, 5, 0x95] + Array("lightgbm.sklearn".utf8), "booster_.save_model")
        expect([0x80, 2] + Array("xgboost.core".utf8), "save_model(\"model.json\")")
        expect([0x80, 3] + Array("own.module".utf8), "a Python pickle")
        expect([0x89, 0x48, 0x44, 0x46, 0x0D], "HDF5")
        expect([0x93] + Array("NUMPY".utf8), "NumPy array")
        expect([24, 0, 0, 0] + Array("ORTM".utf8), "ONNX Runtime's own format")
        expect([0, 0, 0, 0] + Array("TFL3".utf8), "TensorFlow Lite")
        expect([UInt8](repeating: 0, count: 257) + Array("ustar".utf8), "tar -xf")
        expect([0xFF, 0xFE] + Array("tree\n".utf8).flatMap { [$0, 0] }, "iconv -f UTF-16")
        expect(Array("{\"learner\"".utf8).flatMap { [0, $0] }, "iconv -f UTF-16")
        expect([0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0], "UTF-32")
        for (name, words) in [
            ("model/data.pkl", "PyTorch"), ("[Content_Types].xml", "Excel"), ("a.txt", "unzip"),
            ("schema.json", "skops"), ("arr_0.npy", "NumPy arrays"),
        ] {
            var header: [UInt8] = [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 26)
            header[26] = UInt8(name.utf8.count)
            expect(header + Array(name.utf8), words)
        }
    }

    @Test("no committed model is taken for something else")
    func models() throws {
        for name in ModelFile.lightGBM + ModelFile.xgboost {
            _ = try ModelFormats.ModelFile.read(try ModelFile(name).bytes, trees: .all)
        }
        for name in ONNXModelFile.names {
            _ = try ModelFormats.ModelFile.read(try ONNXModelFile(name).bytes)
        }
    }

    @Test("a byte-order mark before UTF-8 is passed over")
    func byteOrderMark() throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let files = try [
            ModelFile("binary_nan.txt").bytes, ModelFile("xgb_binary.json").bytes,
            PMMLFile("scorecard_pointsAbove").bytes,
        ]
        for file in files {
            let plain = try ModelFormats.ModelFile.read(file)
            let marked = try ModelFormats.ModelFile.read(mark + file)
            #expect(marked.format == plain.format)
            #expect(marked.registerCount == plain.registerCount)
        }
    }

    @Test("PMML in UTF-16 is read, with a mark or without", arguments: PMMLFile.names.prefix(8))
    func wideText(name: String) throws {
        let file = try PMMLFile(name)
        let plain = try PMMLReader.read(file.bytes)
        let text = String(decoding: file.bytes, as: UTF8.self)
            .replacing("encoding=\"UTF-8\"", with: "")
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
            let program = try ModelFormats.ModelFile.read(bytes)
            #expect(program.registerCount == plain.registerCount)
            #expect(program.outputs == plain.outputs)
        }
    }

    @Test("XML in another encoding is told")
    func otherEncoding() {
        let text = "<?xml version=\"1.0\" encoding=\"euc-jp\"?><PMML version=\"4.4\"/>"
        expect(Array(text.utf8), "save it as UTF-8")
    }

    private func expect(_ bytes: [UInt8], _ words: String) {
        let error = #expect(throws: ModelFormatError.self) {
            try ModelFormats.ModelFile.read(bytes)
        }
        #expect(error?.message.contains(words) == true, "\(error?.description ?? "read")")
    }
}

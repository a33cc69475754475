// SPDX-License-Identifier: Apache-2.0

// Files that are no model file we read: what they are, by their content, and what to do instead.

internal import VigieLimits

/// A kind of file that people take for a model file, or that a model comes in.
enum ForeignFile {
    /// What a file is and what to do, for a person; nil for one that may be a model file.
    static func words(_ bytes: [UInt8]) -> String? {
        if bytes.isEmpty { return "the file is empty" }
        for signature in signatures where signature.matches(bytes) { return signature.words }
        if let words = archive(bytes) ?? pickle(bytes) ?? wideText(bytes) { return words }
        return text(bytes.prefix(ModelFormatLimits.signatureBytes))
    }

    /// Bytes at a place.
    private struct Signature {
        let offset: Int
        let bytes: [UInt8]
        let words: String

        init(_ bytes: [UInt8], at offset: Int = 0, _ words: String) {
            (self.offset, self.bytes, self.words) = (offset, bytes, words)
        }

        init(_ text: String, at offset: Int = 0, _ words: String) {
            self.init(Array(text.utf8), at: offset, words)
        }

        func matches(_ file: [UInt8]) -> Bool { file.dropFirst(offset).starts(with: bytes) }
    }

    private static func packed(_ name: String, _ command: String) -> String {
        "packed with \(name): unpack it first (\(command)) and give the file that is inside"
    }

    private static let save =
        "save the model itself: Booster.save_model(\"model.txt\") of LightGBM, "
        + "save_model(\"model.json\") of XGBoost, or convert it to ONNX (skl2onnx, onnxmltools) or "
        + "PMML (sklearn2pmml)"

    private static let signatures: [Signature] = [
        Signature([0x1F, 0x8B], packed("gzip (R's saveRDS does so too)", "gunzip")),
        Signature("BZh", packed("bzip2", "bunzip2")),
        Signature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], packed("xz", "unxz")),
        Signature([0x28, 0xB5, 0x2F, 0xFD], packed("Zstandard", "unzstd")),
        Signature([0x04, 0x22, 0x4D, 0x18], packed("LZ4", "unlz4")),
        Signature([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], packed("7-Zip", "7z x")),
        Signature("Rar!", packed("RAR", "unrar x")),
        Signature("ustar", at: 257, packed("tar", "tar -xf")),
        Signature("RDX", "R's own format: \(save)"),
        Signature("RDA", "R's own format: \(save)"),
        Signature("X\n\0\0\0", "R's own format: \(save)"),
        Signature("ORTM", at: 4, "ONNX Runtime's own format: give the .onnx file it was made of"),
        Signature("TFL3", at: 4, "a TensorFlow Lite model: convert it to ONNX (tf2onnx)"),
        Signature([0x89, 0x48, 0x44, 0x46], "HDF5, as Keras writes it: convert it to ONNX"),
        Signature("CBM1", "CatBoost's own format: save_model(\"model.onnx\", format=\"onnx\")"),
        Signature([0x93] + Array("NUMPY".utf8), "a NumPy array, not a model"),
        Signature("PAR1", "a Parquet table, not a model"),
        Signature("ARROW1", "an Arrow table, not a model"),
        Signature("SQLite format 3", "an SQLite database, not a model"),
        Signature("%PDF", "a PDF document, not a model"),
        Signature([0x89, 0x50, 0x4E, 0x47], "a picture, not a model"),
        Signature([0x7F, 0x45, 0x4C, 0x46], "a program or library: a compiled model; \(save)"),
        Signature([0xD0, 0xCF, 0x11, 0xE0], "an old Microsoft Office document, not a model"),
        Signature(
            "version https://git-lfs",
            "only a pointer to the file, by Git LFS: fetch the file itself (git lfs pull)"
        ),
        Signature("#include", "C++ code that LightGBM's convert_model writes: \(save)"),
        Signature(
            "booster[",
            "a text dump of XGBoost (dump_model), which rounds its numbers: save the model with "
                + "Booster.save_model(\"model.json\")"
        ),
        Signature("digraph", "a drawing of a tree (Graphviz): \(save)"),
        Signature("|---", "rules as text (scikit-learn's export_text): \(save)"),
    ]

    /// A zip archive, by the name of its first file.
    private static func archive(_ bytes: [UInt8]) -> String? {
        guard bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]), bytes.count > 30 else { return nil }
        let length = Int(bytes[26]) | Int(bytes[27]) << 8
        let name = String(decoding: bytes.dropFirst(30).prefix(length), as: UTF8.self)
        let holds: [(mark: String, words: String)] = [
            ("[Content_Types].xml", "an Excel or Word file, not a model"),
            ("data.pkl", "a PyTorch model: convert it to ONNX (torch.onnx.export)"),
            ("model.ini", "an H2O MOJO: \(save)"),
            ("schema.json", "a skops file: \(save)"),
            ("config.json", "a Keras model: convert it to ONNX"),
            (".npy", "NumPy arrays, not a model"),
        ]
        if let found = holds.first(where: { name.hasSuffix($0.mark) }) { return found.words }
        return packed("zip", "unzip")
    }

    /// A Python pickle, which is a program: never run, only told.
    private static func pickle(_ bytes: [UInt8]) -> String? {
        let isBinary = bytes[0] == 0x80 && bytes.count > 1 && (2...5).contains(bytes[1])
        let isText = ["ccopy_reg\n", "csklearn", "cxgboost", "clightgbm", "cnumpy", "c__builtin"]
            .contains { bytes.starts(with: $0.utf8) }
        let isPacked =
            bytes[0] == 0x78 && bytes.count > 1 && [0x01, 0x5E, 0x9C, 0xDA].contains(bytes[1])
        if isPacked { return "zlib data, as joblib.dump(compress=...) writes it: \(save)" }
        guard isBinary || isText else { return nil }
        let start = String(decoding: bytes.prefix(ModelFormatLimits.signatureBytes), as: UTF8.self)
        let how =
            if start.utf8.containsText("lightgbm") {
                "load it in Python and save the model with booster_.save_model(\"model.txt\")"
            } else if start.utf8.containsText("xgboost") {
                "load it in Python and save the model with save_model(\"model.json\")"
            } else if start.utf8.containsText("sklearn") {
                "load it in Python and convert it to ONNX (skl2onnx) or PMML (sklearn2pmml)"
            } else {
                save
            }
        return "a Python pickle (pickle.dump, joblib.dump), which is a program: \(how)"
    }

    /// Text in UTF-16 or UTF-32; XML in UTF-16 can be read.
    private static func wideText(_ bytes: [UInt8]) -> String? {
        let isWide32 =
            bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF])
        if isWide32 { return "text in UTF-32: save it as UTF-8" }
        let hasMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        guard let first = wideCharacter(bytes, after: hasMark ? 2 : 0), first != 0x3C else {
            return nil
        }
        return "text in UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"
    }

    /// The first character of text in UTF-16 that is written in ASCII letters, as far as one can
    /// see.
    static func wideCharacter(_ bytes: [UInt8], after start: Int) -> UInt8? {
        let pairs = bytes.dropFirst(start).prefix(8)
        guard pairs.count == 8 else { return nil }
        let even = stride(from: start, to: start + 8, by: 2).map { bytes[$0] }
        let odd = stride(from: start + 1, to: start + 8, by: 2).map { bytes[$0] }
        let isPlain: (UInt8) -> Bool = { $0 >= 0x20 && $0 < 0x7F || (0x09...0x0D).contains($0) }
        if odd.allSatisfy({ $0 == 0 }), even.allSatisfy(isPlain) { return even[0] }
        if even.allSatisfy({ $0 == 0 }), odd.allSatisfy(isPlain) { return odd[0] }
        return nil
    }
}

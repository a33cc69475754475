// SPDX-License-Identifier: Apache-2.0

// Model files of any format: which one a file has, and what it says.

internal import Documents

/// Model files of any format.
package enum ModelFile {
    /// The format of a file; nil if it is none of them.
    package static func format(of bytes: [UInt8]) -> Format? {
        let start = Start(bytes)
        return Format.all.first { $0.recognises(start) }
    }

    /// Reads a file of any format.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - trees: Which trees count where early stopping found an iteration best; nil for a file
    ///     where it did not.
    ///   - categoricalColumns: The features that had categories in a data frame, in its order; only
    ///     for LightGBM, whose files may leave that open.
    package static func read(
        _ bytes: [UInt8],
        trees: ModelTrees? = nil,
        categoricalColumns: [String]? = nil
    ) throws(ModelFormatError) -> ModelProgram {
        // It may begin with any byte; the reader says how to convert it.
        if XGBoostReader.isOldBinary(bytes) { return try XGBoostReader.read(bytes) }
        if let words = ForeignFile.words(bytes) {
            throw ModelFormatError(code: .unsupported, place: "byte 0", message: words)
        }
        guard let format = format(of: bytes) else {
            throw ModelFormatError(
                code: .unsupported,
                place: "byte 0",
                message: "none of the formats that are read: \(Format.words)"
            )
        }
        let content = Content(
            bytes: bytes,
            trees: trees,
            categoricalColumns: categoricalColumns
        )
        return try format.read(content)
    }

    /// What follows the mark that some editors put before UTF-8.
    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }
}

extension ModelFile {
    /// The start of a file, by which its format is recognised.
    struct Start {
        /// The first bytes.
        let bytes: ArraySlice<UInt8>
        /// The first bytes behind a mark of UTF-8.
        let text: ArraySlice<UInt8>
        /// The first character of a text, behind blanks, in UTF-8 or UTF-16.
        let character: UInt8?
        /// The byte behind that, and blanks again.
        let second: UInt8?

        init(_ file: [UInt8]) {
            bytes = file.prefix(1024)
            text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
            let visible = text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            let hasWideMark = file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF])
            character =
                ForeignFile.wideCharacter(file, after: hasWideMark ? 2 : 0) ?? visible.first
            second = visible.dropFirst().first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        }
    }

    /// A file, and what the reader is told about it.
    struct Content {
        let bytes: [UInt8]
        let trees: ModelTrees?
        let categoricalColumns: [String]?

        /// The bytes behind a mark of UTF-8.
        var text: [UInt8] { ModelFile.withoutMark(bytes) }

        /// Gives the bytes to a reader.
        func read(
            with reader: (UnsafeRawBufferPointer) throws(ModelFormatError) -> ModelProgram
        ) throws(ModelFormatError) -> ModelProgram {
            let result = bytes.withUnsafeBytes { file -> Result<ModelProgram, ModelFormatError> in
                do throws(ModelFormatError) { return .success(try reader(file)) } catch {
                    return .failure(error)
                }
            }
            return try result.get()
        }
    }
}

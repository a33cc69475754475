// SPDX-License-Identifier: Apache-2.0

// The columns of texts of a decoded RowBlock message, where they are.

internal import CVigieWire
internal import Scoring
internal import ServiceErrors
internal import VigieLimits

extension RowBlock {
    /// The columns of texts of a message.
    ///
    /// - Throws: What is over a limit, naming the field.
    static func texts(
        _ message: Vigie__V1__RowBlock,
        limits: ServiceLimits
    ) throws(ServiceError) -> [TextColumn] {
        guard message.n_text_columns > 0 else { return [] }
        var textCount = 0
        var columns: [TextColumn] = []
        let messages = UnsafeBufferPointer(
            start: message.text_columns,
            count: message.n_text_columns
        )
        for (index, column) in messages.enumerated() {
            guard let column = column?.pointee else { continue }
            let field = "block.text_columns[\(index)].dictionary"
            textCount += column.n_dictionary
            guard textCount <= limits.blockTextsMax else {
                throw .overLimit(
                    field,
                    "blockTextsMax",
                    "The dictionaries of the block have more than \(limits.blockTextsMax) texts; "
                        + "send it in several blocks.",
                    value: textCount,
                    maximum: limits.blockTextsMax
                )
            }
            var texts: [UnsafeRawBufferPointer] = []
            texts.reserveCapacity(column.n_dictionary)
            let list = UnsafeBufferPointer(start: column.dictionary, count: column.n_dictionary)
            for text in list {
                guard text.len <= limits.textBytesMax else {
                    throw .overLimit(
                        field,
                        "textBytesMax",
                        "A text has \(text.len) bytes.",
                        value: text.len,
                        maximum: limits.textBytesMax
                    )
                }
                texts.append(UnsafeRawBufferPointer(start: text.data, count: text.len))
            }
            columns.append(
                TextColumn(
                    texts: texts,
                    codes: UnsafeBufferPointer(start: column.codes, count: column.n_codes)
                )
            )
        }
        return columns
    }
}

// SPDX-License-Identifier: Apache-2.0

// Where the parts of a message of BatchAssess or BatchDecide are in its bytes, which is the same
// for both. Companies are found and counted before any of them is decoded, and decoded one by one,
// so that one that is damaged harms no other and only one at a time is in memory twice.

internal import ProtobufCoding
internal import ServiceErrors

/// What messages of companies are, and how many they may have.
struct BatchShape {
    /// The full name of the type of the message.
    let messageName: String
    /// The limit of companies.
    let limitName: String
    /// Most companies.
    let companiesMax: Int
}

/// The parts of a message of companies, as long as its bytes are there.
struct BatchEnvelope {
    private static let header: UInt32 = 1 << 3 | 2
    private static let batch: UInt32 = 2 << 3 | 2
    private static let companies: UInt32 = 1 << 3 | 2

    /// The encoded header.
    private(set) var header: UnsafeRawBufferPointer?
    /// Each encoded company; nil without a batch.
    private(set) var companies: [UnsafeRawBufferPointer]?

    /// Finds the parts.
    init(_ message: UnsafeRawBufferPointer, _ shape: BatchShape) throws(ServiceError) {
        var reader = ProtobufReader(message)
        do {
            while let tag = try reader.nextTag() {
                switch tag {
                case Self.header: header = try reader.part()
                case Self.batch: try readBatch(&reader, shape)
                default: try reader.skip(tag)
                }
            }
        } catch let error as ServiceError {
            throw error
        } catch {
            throw .malformed(shape.messageName)
        }
        if header == nil, companies == nil {
            throw .invalid(
                "message",
                "EMPTY_MESSAGE",
                "The message is empty; send the header first, then companies in each message."
            )
        }
        if header != nil, companies != nil {
            throw .invalid(
                "message",
                "HEADER_AND_BATCH",
                "The message has a header and companies; each has its own message."
            )
        }
    }

    private mutating func readBatch(
        _ reader: inout ProtobufReader,
        _ shape: BatchShape
    ) throws {
        let outer = try reader.enter()
        var found = companies ?? []
        while let tag = try reader.nextTag() {
            guard tag == Self.companies else {
                try reader.skip(tag)
                continue
            }
            guard found.count < shape.companiesMax else {
                throw ServiceError.overLimit(
                    "batch.companies",
                    shape.limitName,
                    "The message has more companies than one message may have; send them in "
                        + "several.",
                    value: found.count + 1,
                    maximum: shape.companiesMax,
                    code: .resourceExhausted
                )
            }
            found.append(try reader.part())
        }
        reader.leave(outer)
        companies = found
    }
}

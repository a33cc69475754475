// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/known_facts.proto; do not edit.

package import ProtobufCoding

/// A part of what is known of a company: a message that stands alone.
package struct Vigie_V1_KnownFacts: ProtobufMessage {
    /// What lines of statements are called, by their place.
    package var lineNames: [String] = []

    /// What is known. Its columns of papers are empty.
    package var company: Vigie_V1_CompanyFacts {
        get { .only(_company) }
        set { _company = [newValue] }
    }
    /// Whether the message has `company`.
    package var hasCompany: Bool { !_company.isEmpty }
    /// Takes `company` out of the message.
    package mutating func clearCompany() { _company = [] }
    private var _company: [Vigie_V1_CompanyFacts] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.KnownFacts" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&lineNames)
            case 18: try reader.boxed(&_company)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, lineNames)
        writer.messages(18, _company)
    }
}

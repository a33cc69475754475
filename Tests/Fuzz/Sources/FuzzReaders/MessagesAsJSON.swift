// SPDX-License-Identifier: Apache-2.0

// Reads the input as the JSON of a message, and as an encoded one. What was read is written again,
// and must read as the same.

import CServiceDescriptors
import MessageJSON
import ProtobufCoding

private let schema: MessageSchema = {
    var schema = MessageSchema()
    var count = 0
    let files = UnsafeBufferPointer(start: vigie_descriptor_files(&count), count: count)
    for file in files {
        var reader = ProtobufReader(
            UnsafeRawBufferPointer(start: file.bytes, count: file.length)
        )
        guard (try? reader.nextTag()) != nil, let descriptor = try? reader.part() else { continue }
        try? schema.add(file: descriptor)
    }
    precondition(!schema.services.isEmpty, "the descriptors tell of no service")
    return schema
}()

/// Messages with fields of all kinds: lists, maps, oneofs, messages in messages.
private let names = [
    "vigie.v1.PutCompaniesRequest", "vigie.v1.RecordFactsRequest", "vigie.v1.ActOnAlertsRequest",
    "vigie.v1.DescribeRiskRequest", "vigie.v1.ModelDescription",
]

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_messagejson")
func fuzzMessagesAsJSON(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = [UInt8](UnsafeBufferPointer(start: start, count: count))
    for name in names where schema.messages[name] != nil {
        // A message of others: whatever it is, it ends.
        _ = try? schema.json(input, of: name)
        do throws(MessageJSONError) {
            let message = try schema.message(input, of: name)
            guard let json = try? schema.json(message, of: name) else {
                preconditionFailure("what was written cannot be read")
            }
            let again = try schema.message(json, of: name)
            precondition((try? schema.json(again, of: name)) == json, "it reads otherwise")
        } catch {
            precondition(!error.message.isEmpty, "an error that tells nothing")
        }
    }
    return 0
}

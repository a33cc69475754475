// SPDX-License-Identifier: Apache-2.0

// What is so of whoever runs the server, for policies that ask for it: a JSON object of names of
// inputs with numbers, texts, and true or false, such as {"own_turnover": 12000000}.

internal import CommandFiles
internal import CreditPolicy
internal import DecimalNumbers
internal import Documents
internal import FEEL
internal import VigieLimits

/// The file of what is told all policies.
enum PolicyFactFile {
    /// Reads it.
    ///
    /// - Throws: A bad configuration, with what is wrong.
    static func facts(path: String) throws(CommandFailure) -> [String: CreditFact] {
        let bytes: [UInt8]
        do throws(CommandFailure) {
            bytes = try SmallFile.bytes(path: path, bytesMax: AccessLimits.fileBytes)
        } catch {
            throw CommandFailure(.badConfiguration, error.message)
        }
        guard let document = try? DocumentValue(json: bytes, depthLimit: 2),
            case .object(let object) = document
        else {
            throw CommandFailure(
                .badConfiguration,
                "\(path) is no JSON object of names of inputs with their values"
            )
        }
        var facts: [String: CreditFact] = [:]
        for member in object.members {
            guard let read = Self.value(member.value) else {
                throw CommandFailure(
                    .badConfiguration,
                    "\(path): \(member.key) is to be a number, a text, true or false"
                )
            }
            facts[member.key] = CreditFact(read, source: "policy_facts")
        }
        return facts
    }

    private static func value(_ value: DocumentValue) -> FEELValue? {
        switch value {
        case .number(let list): DecimalNumber(parsing: list.bytes).map(FEELValue.number)
        case .text(let text): .string(text)
        case .bool(let flag): .boolean(flag)
        default: nil
        }
    }
}

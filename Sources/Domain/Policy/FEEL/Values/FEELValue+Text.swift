// SPDX-License-Identifier: Apache-2.0

// Values as text, as `string()` gives them.

internal import DecimalNumbers
internal import VigieLimits

extension FEELEvaluation {
    /// A value as text: as it would be written in an expression, but for a text, which is itself;
    /// nil, with a message, when it is too long.
    package func text(of value: FEELValue) -> String? {
        if case .string(let text) = value { return text }
        var text = ""
        guard write(value, to: &text) else {
            fail("a text has more than \(FEELLimits.stringBytes) bytes")
            return nil
        }
        return text
    }

    private func write(_ value: FEELValue, to text: inout String) -> Bool {
        guard take(1), text.utf8.count <= FEELLimits.stringBytes else { return false }
        switch value {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .number(let number): text += number.description
        case .string(let string):
            guard take(string.utf8.count / 64) else { return false }
            text += quoted(string)
        case .date(let date): text += date.description
        case .time(let time): text += time.description
        case .dateTime(let dateTime): text += dateTime.description
        case .daysDuration(let duration): text += duration.description
        case .monthsDuration(let duration): text += duration.description
        case .list(let list): return write(list, to: &text)
        case .context(let context): return write(context, to: &text)
        case .range(let range): return write(range, to: &text)
        case .function(let function):
            text += "function(" + function.parameterNames.joined(separator: ", ") + ")"
        }
        return true
    }

    private func write(_ list: FEELList, to text: inout String) -> Bool {
        text += "["
        for (index, element) in list.elements.enumerated() {
            if index > 0 { text += ", " }
            guard write(element, to: &text) else { return false }
        }
        text += "]"
        return true
    }

    private func write(_ context: FEELContext, to text: inout String) -> Bool {
        text += "{"
        for (index, name) in context.names.enumerated() {
            if index > 0 { text += ", " }
            let isPlain = !name.isEmpty && !name.contains { "{}[]():,\"\\".contains($0) }
            text += (isPlain ? name : quoted(name)) + ": "
            guard write(context.values[index], to: &text) else { return false }
        }
        text += "}"
        return true
    }

    private func write(_ range: FEELRange, to text: inout String) -> Bool {
        switch range.form {
        case .equal, .notEqual: text += range.form == .equal ? "(=" : "(!="
        case .comparison where range.start.isNull: text += range.isEndIncluded ? "(<=" : "(<"
        case .comparison: text += range.isStartIncluded ? "(>=" : "(>"
        case .interval:
            text += range.isStartIncluded ? "[" : "("
            guard write(range.start, to: &text) else { return false }
            text += ".."
            guard write(range.end, to: &text) else { return false }
            text += range.isEndIncluded ? "]" : ")"
            return true
        }
        guard write(range.start.isNull ? range.end : range.start, to: &text) else { return false }
        text += ")"
        return true
    }

    private func quoted(_ string: String) -> String {
        var quoted = "\""
        for scalar in string.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}

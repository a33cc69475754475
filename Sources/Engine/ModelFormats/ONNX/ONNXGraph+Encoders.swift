// SPDX-License-Identifier: Apache-2.0

// The operators of ai.onnx.ml that turn categories into numbers.

internal import Documents
internal import ExactTexts
internal import Formulas

extension ONNXGraph {
    /// `LabelEncoder`: a value for each key.
    mutating func encodeLabels(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let keys = try list(node, "keys")
        let values = try list(node, "values")
        guard let keys, let values, keys.numbers.count == values.numbers.count else {
            throw node.malformed("it does not have as many keys as values")
        }
        guard (keys.type == .text) == (tensor.type == .text) else {
            throw node.malformed("keys of another type than the input")
        }
        let fallback = try defaultValue(node, values.type)
        try reserve(cells: elementCount([tensor.cells.count, keys.numbers.count]))
        // The first of equal keys counts.
        let pairs = zip(keys.numbers, values.numbers).reversed()
        var cells: [ONNXCell] = []
        for cell in tensor.cells {
            if let result = try lookUp(cell, keys, values.numbers, fallback) {
                cells.append(result)
                continue
            }
            var result = ONNXCell.number(fallback)
            for (key, value) in pairs {
                let isKey = try matches(cell, key, keys.type, nan: node.version >= 4)
                result = try select(isKey, .number(value), result)
            }
            cells.append(result)
        }
        if values.type == .text { cells = try textRegisters(cells, values.numbers + [fallback]) }
        try define(node, tensor.with(cells: cells, type: values.type))
    }

    /// The value for an element by a table, when its keys are texts or small whole numbers.
    private mutating func lookUp(
        _ cell: ONNXCell,
        _ keys: (numbers: [Double], type: ONNXElementType),
        _ values: [Double],
        _ fallback: Double
    ) throws(ModelFormatError) -> ONNXCell? {
        guard case .register(let register) = cell else { return nil }
        var places: [Double?] = []
        switch keys.type {
        case .text:
            places = keys.numbers.map { texts.number(of: texts.text(of: $0), in: register) }
        case .int32, .int64:
            let largest = Double(2 * keys.numbers.count + 64)
            guard keys.numbers.allSatisfy({ $0 >= 0 && $0 < largest }) else { return nil }
            places = keys.numbers
        case .float, .double, .boolean:
            return nil
        }
        let count = places.reduce(0) { max($0, Int(($1 ?? -1) + 1)) }
        var table = [Double](repeating: fallback, count: count)
        for (place, value) in zip(places, values).reversed() {
            if let place { table[Int(place)] = value }
        }
        let step = ModelStep.lookup(table: table, otherwise: fallback, register)
        let found = ONNXCell.register(try append(step))
        guard keys.type == .text else { return found }
        // An unknown text is missing.
        let isMissing = try apply(.isMissing, cell, .boolean)
        return try select(isMissing, .number(fallback), found)
    }

    /// `OneHotEncoder`: for each category a column that is 1 or 0, as a new last axis.
    mutating func encodeOneHot(_ node: ONNXNode) throws(ModelFormatError) {
        let tensor = try input(node, 0)
        let isText = tensor.type == .text
        var categories: [Double] = []
        if isText {
            categories = try node.texts("cats_strings").map { texts.number(of: $0) }
        } else {
            categories = try node.integers("cats_int64s").map { Double($0) }
        }
        guard !categories.isEmpty else { throw node.malformed("no categories of the input's type") }
        let whole = isText ? tensor : try cast(tensor, to: .int64)
        try reserve(cells: elementCount([whole.cells.count, categories.count]))
        // Without "zeros", a row with an unknown category is refused.
        let refuses = try node.integer("zeros", default: 1) == 0
        var cells: [ONNXCell] = []
        for cell in whole.cells {
            var known = ONNXCell.number(0)
            for category in categories {
                let match = try matches(cell, category, isText ? .text : .int64, nan: false)
                cells.append(match)
                if refuses { known = try apply(.or, known, match, .boolean) }
            }
            if refuses { refusals.append(try register(try apply(.not, known, .boolean))) }
        }
        var encoded = whole.with(cells: cells, type: .float)
        encoded.shape.append(categories.count)
        try define(node, encoded)
    }

    /// Whether two elements of text are the same.
    mutating func areEqualTexts(
        _ left: ONNXCell,
        _ right: ONNXCell
    ) throws(ModelFormatError) -> ONNXCell {
        switch (left, right) {
        case (.number(let left), .number(let right)): .number(left == right ? 1 : 0)
        case (.number(let number), let cell), (let cell, .number(let number)):
            try matches(cell, number, .text, nan: false)
        case (.register, .register):
            throw unsupported("comparing texts that both depend on the row")
        }
    }

    /// Whether an element is a key. NaN is a key that matches NaN if `nan`.
    private mutating func matches(
        _ cell: ONNXCell,
        _ key: Double,
        _ type: ONNXElementType,
        nan: Bool
    ) throws(ModelFormatError) -> ONNXCell {
        if nan, key.isNaN { return try apply(.isMissing, cell, .boolean) }
        guard type == .text, case .register(let register) = cell else {
            return try apply(.equal, cell, .number(key), .boolean)
        }
        guard let number = texts.number(of: texts.text(of: key), in: register) else {
            return .number(0)
        }
        return try apply(.equal, cell, .number(number), .boolean)
    }

    /// Elements that are texts of the file, or registers of them, as registers with a list.
    private mutating func textRegisters(
        _ cells: [ONNXCell],
        _ numbers: [Double]
    ) throws(ModelFormatError) -> [ONNXCell] {
        var list: [String] = []
        var places: [ExactText: Int] = [:]
        var table: [Double: Double] = [:]
        for number in numbers {
            let text = texts.text(of: number)
            if places[text] == nil {
                places[text] = list.count
                list.append(text)
            }
            table[number] = Double(places[text] ?? 0)
        }
        try reserve(cells: Int(numbers.max() ?? 0) + 1)
        let entries = (0..<Int((numbers.max() ?? 0) + 1)).map { table[Double($0)] ?? .nan }
        var registers: [ONNXCell] = []
        for cell in cells {
            guard case .register(let register) = cell else {
                registers.append(cell)
                continue
            }
            let result = try append(.lookup(table: entries, otherwise: .nan, register))
            texts.close(result, to: list)
            registers.append(.register(result))
        }
        return registers
    }

    /// Keys or values of any type, by attribute or, from version 4 on, by tensor.
    private mutating func list(
        _ node: ONNXNode,
        _ name: String
    ) throws(ModelFormatError) -> (numbers: [Double], type: ONNXElementType)? {
        if node.has("\(name)_strings") {
            return (try node.texts("\(name)_strings").map { texts.number(of: $0) }, .text)
        }
        if node.has("\(name)_int64s") {
            return (try node.integers("\(name)_int64s").map { Double($0) }, .int64)
        }
        if node.has("\(name)_floats") { return (try node.floats("\(name)_floats"), .float) }
        guard let tensor = try node.tensor("\(name)_tensor") else { return nil }
        let type = try tensor.type()
        guard type == .text else { return (try tensor.numbers(), type) }
        return (try tensor.texts().map { texts.number(of: $0) }, .text)
    }

    /// The value for what is no key.
    private mutating func defaultValue(
        _ node: ONNXNode,
        _ type: ONNXElementType
    ) throws(ModelFormatError) -> Double {
        if let tensor = try node.tensor("default_tensor") {
            if type == .text {
                return texts.number(of: try tensor.texts().first ?? "_Unused")
            }
            return try tensor.numbers().first ?? 0
        }
        switch type {
        case .text: return texts.number(of: try node.text("default_string", default: "_Unused"))
        case .int32, .int64, .boolean:
            return Double(try node.integer("default_int64", default: -1))
        case .float, .double: return try node.float("default_float", default: 0)
        }
    }
}

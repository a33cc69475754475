// SPDX-License-Identifier: Apache-2.0

// A tensor while a graph is read: not numbers, but where each of its numbers comes from.

internal import Documents
internal import VigieLimits

/// What the elements of a tensor are.
enum ONNXElementType: Equatable {
    case float, double, int32, int64, boolean, text

    /// The type of a `TensorProto.DataType`; the small integers count as int32. Nil for types that
    /// no tabular model has.
    init?(dataType: Int32) {
        switch dataType {
        case 1: self = .float
        case 2, 3, 4, 5, 6: self = .int32
        case 7, 12, 13: self = .int64
        case 8: self = .text
        case 9: self = .boolean
        case 11: self = .double
        default: return nil
        }
    }

    /// Whether it is float32 or float64.
    var isFloatingPoint: Bool { self == .float || self == .double }

    /// The number as a tensor of this type holds it.
    func rounded(_ value: Double) -> Double { self == .float ? Double(Float(value)) : value }
}

/// One element of a tensor: a number that the file fixes, or a register of the program. The number
/// of a text is its place in the reader's list of texts.
enum ONNXCell {
    case number(Double)
    case register(Int)

    /// The number, if the file fixes it.
    var number: Double? {
        if case .number(let value) = self { value } else { nil }
    }
}

/// A tensor of the graph. The rows of the table, when it has them, are its first axis, which is not
/// in ``shape``: the cells are those of one row.
struct ONNXTensor {
    var type: ONNXElementType
    /// Whether the first axis is the rows.
    var hasRows: Bool
    /// Lengths of the other axes.
    var shape: [Int]
    /// The elements, the last axis fastest.
    var cells: [ONNXCell]
    /// What the elements are called, when an operator says so: class labels.
    var names: [String]?

    init(
        type: ONNXElementType,
        hasRows: Bool,
        shape: [Int],
        cells: [ONNXCell],
        names: [String]? = nil
    ) {
        self.type = type
        self.hasRows = hasRows
        self.shape = shape
        self.cells = cells
        self.names = names
    }

    /// Number of axes, that of the rows included.
    var rank: Int { shape.count + (hasRows ? 1 : 0) }

    /// All elements, if the file fixes every one.
    var numbers: [Double]? {
        var numbers: [Double] = []
        numbers.reserveCapacity(cells.count)
        for cell in cells {
            guard let number = cell.number else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// The same with other elements.
    func with(cells: [ONNXCell], type: ONNXElementType? = nil) -> ONNXTensor {
        ONNXTensor(type: type ?? self.type, hasRows: hasRows, shape: shape, cells: cells)
    }
}

/// The product of lengths; nil if one is negative or large, or if the product of those that are not
/// 0 does not fit: so no product or sum of some of them overflows either. Nil also for a tensor
/// without elements that is long in spite of it.
func elementCount(_ shape: some Sequence<Int>) -> Int? {
    var count = 1
    var isEmpty = false
    for length in shape {
        guard length >= 0, length <= Int(Int32.max) else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: max(length, 1))
        guard !overflow else { return nil }
        count = product
        isEmpty = isEmpty || length == 0
    }
    // Readers walk along the other axes of a tensor without elements.
    guard !isEmpty || count <= ModelFormatLimits.graphCells else { return nil }
    return isEmpty ? 0 : count
}

// SPDX-License-Identifier: Apache-2.0

// Tensors of different shapes brought to one, as numpy does it.

internal import Documents

/// Tensors of one shape.
struct ONNXAligned {
    var hasRows: Bool
    var shape: [Int]
    /// The elements of each tensor.
    var cells: [[ONNXCell]]
}

extension ONNXGraph {
    /// Repeats axes of length 1 until all tensors have one shape.
    mutating func align(_ tensors: [ONNXTensor]) throws(ModelFormatError) -> ONNXAligned {
        let hasRows = tensors.contains { $0.hasRows }
        let rank = tensors.map(\.rank).max() ?? 0
        var shapes: [[Int]] = []
        for tensor in tensors {
            shapes.append(try innerShape(tensor, hasRows: hasRows, rank: rank))
        }
        var shape = [Int](repeating: 1, count: hasRows ? rank - 1 : rank)
        for inner in shapes {
            for (offset, length) in inner.enumerated() where length != 1 {
                let axis = shape.count - inner.count + offset
                guard shape[axis] == 1 || shape[axis] == length else {
                    throw malformed("shapes \(shapes.map { "\($0)" }.joined(separator: ", "))")
                }
                shape[axis] = length
            }
        }
        var aligned = ONNXAligned(hasRows: hasRows, shape: shape, cells: [])
        for (tensor, inner) in zip(tensors, shapes) {
            aligned.cells.append(try expand(tensor.cells, from: inner, to: shape))
        }
        return aligned
    }

    /// The shape of a tensor beside the rows. Rows are the first axis, so they align only with the
    /// first axis of tensors of as many axes.
    private func innerShape(
        _ tensor: ONNXTensor,
        hasRows: Bool,
        rank: Int
    ) throws(ModelFormatError) -> [Int] {
        if tensor.hasRows {
            guard tensor.rank == rank else {
                throw unsupported("broadcasting along the rows")
            }
            return tensor.shape
        }
        guard hasRows, tensor.rank == rank else { return tensor.shape }
        guard tensor.shape.first == 1 || hasEqualRows(tensor) else {
            throw unsupported("a different number for each row of the batch")
        }
        // Of equal rows the first stands for all.
        return Array(tensor.shape.dropFirst())
    }

    /// A tensor that the file fixes for a fixed number of rows, all of them equal, as one of any
    /// number of rows; nil for another.
    mutating func rowOfEqual(_ tensor: ONNXTensor) throws(ModelFormatError) -> ONNXTensor? {
        guard hasEqualRows(tensor) else { return nil }
        var row = tensor
        row.hasRows = true
        row.shape.removeFirst()
        row.cells = Array(tensor.cells.prefix(elementCount(row.shape) ?? 0))
        try reserve(cells: row.cells.count)
        return row
    }

    /// Whether a tensor without rows has the fixed number of rows, all of them equal.
    private func hasEqualRows(_ tensor: ONNXTensor) -> Bool {
        guard let rowCount = fixedRowCount, !tensor.hasRows, tensor.shape.first == rowCount,
            let numbers = tensor.numbers, rowCount > 0, numbers.count % rowCount == 0
        else { return false }
        let width = numbers.count / rowCount
        let bits = numbers.map(\.bitPattern)
        return bits.dropFirst(width).elementsEqual(bits.dropLast(width))
    }

    /// Elements repeated along axes of length 1 and missing leading axes.
    mutating func expand(
        _ cells: [ONNXCell],
        from inner: [Int],
        to shape: [Int]
    ) throws(ModelFormatError) -> [ONNXCell] {
        guard inner != shape else { return cells }
        let count = elementCount(shape)
        try reserve(cells: count)
        var strides = [Int](repeating: 0, count: shape.count)
        var stride = 1
        for (offset, length) in inner.enumerated().reversed() {
            let axis = shape.count - inner.count + offset
            strides[axis] = length == 1 ? 0 : stride
            stride *= length
        }
        return indices(shape: shape, strides: strides, count: count ?? 0).map { cells[$0] }
    }

    /// For each element of a shape, in order, its place in elements with those strides.
    func indices(shape: [Int], strides: [Int], count: Int) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(count)
        var index = [Int](repeating: 0, count: shape.count)
        var place = 0
        for _ in 0..<count {
            places.append(place)
            var axis = shape.count - 1
            while axis >= 0 {
                index[axis] += 1
                place += strides[axis]
                guard index[axis] == shape[axis] else { break }
                place -= strides[axis] * shape[axis]
                index[axis] = 0
                axis -= 1
            }
        }
        return places
    }
}

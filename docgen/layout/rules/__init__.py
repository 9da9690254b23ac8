"""The rules of NĐ 30/2020/NĐ-CP, one module for each component."""

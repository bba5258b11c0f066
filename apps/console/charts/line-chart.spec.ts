import { lineChart } from './line-chart';

const chart = (values: readonly number[], soFar = true) => lineChart({
  id: 'c', title: 't', description: 'd', labels: values.map((_, i) => String(i)), soFar, width: 500, height: 250, fontSize: 14, labelRoom: 90,
  series: [{ name: 'Opened', values }, { name: 'Closed', values }],
});

describe('the line chart', () => {
  it('is the same bytes every time', () => expect(JSON.stringify(chart([1, 5, 3]))).toBe(JSON.stringify(chart([1, 5, 3]))));

  it('starts at nought and labels both lines at their end, apart', () => {
    const { rows, baseline, lines } = chart([10, 20, 30]);
    expect(rows[0]).toEqual({ y: baseline, text: '0' });
    expect(lines.map(({ label }) => label.text)).toEqual(['Opened 30', 'Closed 30']);
    expect(Math.abs(lines[0]!.label.y - lines[1]!.label.y)).toBeGreaterThanOrEqual(14);
  });

  it('draws the month that is not over apart', () => {
    expect(chart([1, 2, 3]).lines[0]!.open).toMatch(/^M.+L/);
    expect(chart([1, 2, 3], false).lines[0]!.open).toBe('');
  });

  it('stands empty months', () => {
    expect(JSON.stringify(chart([0, 0, 0]))).not.toContain('null');
    expect(chart([]).lines[0]!.path).toBe('');
  });
});

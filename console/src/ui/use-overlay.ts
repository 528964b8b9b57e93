/** Whether an overlay is open, which stands in the address as `open=…`: a link can lead to it, and Back closes it. */
import { useSearchParams } from 'react-router';

export function useOverlay(name: string): [boolean, (open: boolean) => void] {
  const [params, setParams] = useSearchParams();
  const set = (open: boolean) => {
    const next = new URLSearchParams(params);
    if (open) next.set('open', name);
    else next.delete('open');
    setParams(next, { replace: !open });
  };
  return [params.get('open') === name, set];
}

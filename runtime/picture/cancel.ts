// What a cancel button does in the page: JupyterLab gives a page's own scripts no way to the kernel, so this opens the
// server's web socket for a moment, as any client does, and a comm on it. Elsewhere the button says that it cannot.

/** The script of a click on the table; `this` is the table. */
export function cancelScript(target: string, watch: number): string {
  const kernel = process.env.COKERNEL_KERNEL_ID ?? '';
  return `(${click.toString()})(event,${JSON.stringify({ target, watch, kernel })})`;
}

// As text, for it runs in the page: it may name nothing but its arguments and what a browser has.
const click = {
  toString: () => `function(event,to){
var button=event.target.closest('button[data-task]');if(!button)return;
var config=document.getElementById('jupyter-config-data');
if(!config||!to.kernel){button.textContent='not here';button.title='Cancelling needs JupyterLab; elsewhere call task.cancel().';return}
config=JSON.parse(config.textContent);button.disabled=true;
var id=function(){return crypto.randomUUID?crypto.randomUUID():String(Math.random()).slice(2)},session=id();
var origin=config.wsUrl||location.origin.replace(/^http/,'ws')+(config.baseUrl||'/');
var socket=new WebSocket(origin.replace(/\\/?$/,'/')+'api/kernels/'+to.kernel+'/channels?session_id='+session+(config.token?'&token='+encodeURIComponent(config.token):''));
socket.onerror=function(){button.disabled=false;button.title='The server did not take it.'};
socket.onopen=function(){
var header={msg_id:id(),msg_type:'comm_open',username:'',session:session,date:new Date().toISOString(),version:'5.3'};
var content={comm_id:id(),target_name:to.target,data:{watch:to.watch,task:Number(button.dataset.task)}};
socket.send(JSON.stringify({header:header,parent_header:{},metadata:{},content:content,buffers:[],channel:'shell'}));
setTimeout(function(){socket.close()},3000)}}`,
};
